import { Controller, Delete, Get, HttpCode, Module, Post, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import supertest from 'supertest';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { Allow } from '../../apps/registry-api/src/access/permission.js';
import { AppModule } from '../../apps/registry-api/src/app.module.js';
import { Audited } from '../../apps/registry-api/src/audit/audited.js';
import { parseEnv } from '../../apps/registry-api/src/env.js';
import { migrate } from '../../apps/registry-api/src/migrate.js';
import { createDatabase, type TestDatabase } from '../support/databases.js';
import { World } from '../support/world.js';

@Controller('api/v1/forgetful')
class UndeclaredController {
  @Get()
  @Allow('anyone', 'api')
  read(): void {}

  @Post()
  @Allow('anyone', 'api')
  create(): void {}

  @Delete(':id')
  @Allow('anyone', 'api')
  delete(): void {}
}

@Controller('api/v1/forgetful')
class UnrecordedController {
  @Post()
  @HttpCode(204)
  @Allow('anyone', 'api')
  @Audited('thing.create', () => 'thing')
  create(): void {}
}

describe('a route of the API that changes something', () => {
  let database: TestDatabase;
  let world: World;
  beforeAll(async () => {
    database = await createDatabase(inject('postgresUrl'));
    await migrate(database.url);
    world = await World.open(database.url);
  });
  afterAll(async () => {
    await world.close();
    await database.drop();
  });

  function appWith(controller: Type): Promise<NestExpressApplication> {
    const parsed = parseEnv({ BERTH_DATABASE_URL: database.url, BERTH_LOG_LEVEL: 'fatal' });
    if (!parsed.ok) throw new Error(parsed.message);
    const module = { imports: [AppModule.with(parsed.env)], controllers: [controller] };
    @Module(module)
    class TestModule {}
    return NestFactory.create<NestExpressApplication>(TestModule, { logger: false, abortOnError: false });
  }

  it('keeps Berth from starting when it declares no entry of the audit log', async () => {
    const app = await appWith(UndeclaredController);
    await expect(app.init()).rejects.toThrow(
      'these routes declare no entry of the audit log: UndeclaredController.create, UndeclaredController.delete',
    );
    await app.close();
  });

  it('answers with an error when it has recorded none', async () => {
    const app = await appWith(UnrecordedController);
    try {
      await app.init();
      await supertest(app.getHttpServer()).post('/api/v1/forgetful').expect(500);
    } finally {
      await app.close();
    }
  });
});
