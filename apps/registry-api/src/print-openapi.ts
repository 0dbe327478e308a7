import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module.js';
import { parseEnv } from './env.js';
import { openApiDocument } from './openapi/openapi-document.js';

/** Writes `openapi.json` to standard output; needs neither a database nor a store. */
async function printOpenApi(): Promise<void> {
  const parsed = parseEnv({});
  if (!parsed.ok) throw new Error(parsed.message);
  const app = await NestFactory.create(AppModule.with(parsed.env), { preview: true, logger: false });
  process.stdout.write(`${JSON.stringify(openApiDocument(app), null, 2)}\n`);
}

await printOpenApi();
