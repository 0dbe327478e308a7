import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';

/** The OpenAPI 3.1 document of `/api/v1`, made from the controllers' declarations. */
export function openApiDocument(app: INestApplication): OpenAPIObject {
  const configuration = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Berth')
    .setDescription(
      'The JSON API for pages, command line and scripts. The registry itself speaks `/v2` and `/token`.',
    )
    .setVersion('1')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'An access token, `berth_pat_…`.' })
    .addBasicAuth()
    .addCookieAuth('berth_session')
    .build();
  const document = SwaggerModule.createDocument(app, configuration, {
    operationIdFactory: (_controller, method) => method,
  });
  const paths = Object.entries(document.paths).filter(([path]) => path.startsWith('/api/v1/'));
  return { ...document, paths: Object.fromEntries(paths) };
}
