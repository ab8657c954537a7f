import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';

/** `/docs` for people and `/docs-json` for programs, both behind the token. To be called before the application listens. */
export function serveApiDocs(app: NestFastifyApplication): void {
  SwaggerModule.setup('docs', app, () => describeApi(app), { jsonDocumentUrl: 'docs-json', raw: ['json'] });
}

function describeApi(app: NestFastifyApplication): OpenAPIObject {
  const description = new DocumentBuilder()
    .setTitle('Evernest supervisor')
    .setDescription(
      'The workers, what was decided about them, and what a person can ask for. Errors are RFC 9457 problem documents; programs decide by their `code`.',
    )
    .setVersion('1.0.0')
    .setLicense('MIT', 'https://opensource.org/license/mit')
    .addServer('/')
    .addTag('workers', 'The workers of the service as they were last seen.')
    .addTag('decisions', 'Why something happened to a worker: what was seen, what was done, how it went.')
    .addTag('events', 'What happens, as it happens.')
    .addTag('metrics', 'The whole fleet in numbers.')
    .addTag('fleet', 'What a person can ask for.')
    .addTag('health', 'How the supervisor itself is.')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'OPS_TOKEN.' })
    .build();
  return withExplicitSecurity(SwaggerModule.createDocument(app, description));
}

/** Says of every operation that asks for no token that it asks for none; silence would leave readers guessing. */
function withExplicitSecurity(document: OpenAPIObject): OpenAPIObject {
  for (const path of Object.values(document.paths)) {
    for (const operation of [path.get, path.post, path.put]) {
      if (operation) operation.security ??= [];
    }
  }
  return document;
}
