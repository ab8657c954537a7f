import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';

/** `/docs` for people and `/docs-json` for programs. */
export function serveApiDocs(app: NestFastifyApplication): void {
  SwaggerModule.setup('docs', app, () => describeApi(app), { jsonDocumentUrl: 'docs-json', raw: ['json'] });
}

function describeApi(app: NestFastifyApplication): OpenAPIObject {
  const description = new DocumentBuilder()
    .setTitle('Evernest catalogue')
    .setDescription(
      'Books, authors, genres and copies. Errors are RFC 9457 problem documents; programs decide by their `code`.',
    )
    .setVersion('1.0.0')
    .setLicense('MIT', 'https://opensource.org/license/mit')
    .addServer('/')
    .addTag('books', 'What the library has, with its authors, genres and languages.')
    .addTag('authors', 'Who wrote, translated or illustrated the books.')
    .addTag('genres', 'The shelves on which books stand.')
    .addTag('copies', 'The physical copies of a book: what is lent and returned.')
    .addTag('health', 'How this worker is: for probes, load balancers and people.')
    .addBearerAuth({
      type: 'http',
      scheme: 'bearer',
      description: 'One of WRITE_TOKENS; only writes ask for it.',
    })
    .build();
  return withExplicitSecurity(SwaggerModule.createDocument(app, description));
}

/** Says of every operation that asks for no token that it asks for none; silence would leave readers guessing. */
function withExplicitSecurity(document: OpenAPIObject): OpenAPIObject {
  for (const path of Object.values(document.paths)) {
    for (const operation of [path.get, path.head, path.post, path.patch, path.delete]) {
      if (operation) operation.security ??= [];
    }
  }
  return document;
}
