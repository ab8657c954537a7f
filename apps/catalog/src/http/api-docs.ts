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
    .addTag('books')
    .addTag('authors')
    .addTag('genres')
    .addTag('copies')
    .addTag('health')
    .addBearerAuth({
      type: 'http',
      scheme: 'bearer',
      description: 'One of WRITE_TOKENS; only writes ask for it.',
    })
    .build();
  return SwaggerModule.createDocument(app, description);
}
