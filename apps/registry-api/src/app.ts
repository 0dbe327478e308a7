import 'reflect-metadata';
import { StandardSchemaValidationPipe } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import express from 'express';
import { AppModule } from './app.module.js';
import type { Env } from './env.js';
import { ErrorFilter } from './errors/error.filter.js';
import { hotRoutes } from './hot-routes.js';
import { boundRequests } from './http/bounded-requests.js';
import { reportForeignHosts } from './http/foreign-hosts.js';
import { FrameworkLog } from './http/framework-log.js';
import { createLogger, LOGGER } from './http/logger.js';
import { useOriginForm } from './http/origin-form.js';
import { RegistryAdapter } from './http/registry-adapter.js';
import { requestLine } from './http/request-line.js';
import { setTimeouts } from './http/server-timeouts.js';
import { readTls, reloadTls } from './http/tls.js';
import { answerUnreadable } from './http/unreadable-requests.js';
import { proxyUpgrades, webProxy } from './http/web-proxy.js';
import { limits } from './limits.js';
import { OpenApiSource } from './openapi/openapi.controller.js';
import { openApiDocument } from './openapi/openapi-document.js';

/** The whole application, ready to listen; `env.databaseUrl` must be there and migrated. */
export async function createApp(env: Env): Promise<NestExpressApplication> {
  const instance = express();
  instance.enable('case sensitive routing'); // read once, when the adapter makes the router
  const adapter = new RegistryAdapter(instance);
  const app = await NestFactory.create<NestExpressApplication>(AppModule.with(env), adapter, {
    httpsOptions: readTls(env),
    bodyParser: false,
    logger: new FrameworkLog(await createLogger(env)),
    abortOnError: false,
  });
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', 'simple');
  app.set('trust proxy', [...env.trustedProxies]);
  const first = [
    requestLine(app.get(ErrorFilter)),
    boundRequests(app.get(ErrorFilter)),
    reportForeignHosts(env, app.get(LOGGER)),
  ];
  adapter.hotRoutes = hotRoutes(app, first);
  app.use(...first);
  app.use(webProxy(env, app.get(LOGGER)));
  app.useBodyParser('json', { limit: limits.jsonBodyBytes, type: isJsonOfApi });
  app.useGlobalPipes(new StandardSchemaValidationPipe());
  app.enableShutdownHooks([]);
  app.get(OpenApiSource).make = () => openApiDocument(app);
  const server = app.getHttpServer();
  useOriginForm(server);
  answerUnreadable(server);
  setTimeouts(server);
  reloadTls(server, env, app.get(LOGGER));
  proxyUpgrades(server, env);
  return app;
}

/** Manifests are JSON as well: under `/v2` bodies are read as bytes, by whoever wants them. */
function isJsonOfApi(request: { url?: string; headers: { 'content-type'?: string } }): boolean {
  const isApi = request.url?.startsWith('/api/') ?? false;
  return isApi && /^application\/([a-z.+-]+\+)?json\b/i.test(request.headers['content-type'] ?? '');
}
