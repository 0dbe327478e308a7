import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AccessModule } from '../../registry-api/src/access/access.module.js';
import { AccessService } from '../../registry-api/src/access/access.service.js';
import { operatorCredential, type Requester } from '../../registry-api/src/access/credential.js';
import { AuditModule } from '../../registry-api/src/audit/audit.module.js';
import { CoreModule } from '../../registry-api/src/core.module.js';
import { DatabaseModule } from '../../registry-api/src/database/database.module.js';
import { type Env, readEnv } from '../../registry-api/src/env.js';
import { JobsModule } from '../../registry-api/src/jobs/jobs.module.js';
import { isMigrated } from '../../registry-api/src/migrate.js';
import { CommandFailure, exitCodes } from './failure.js';
import type { Output } from './output.js';

/** The services of Berth, for one command. */
export interface Berth {
  get<T>(service: Type<T>): T;
  /** Whoever has the machine: may do everything, and stands in the audit log as `berth cli`. */
  readonly operator: Requester;
}

/** What a command is given. */
export interface Cli {
  readonly output: Output;
  /** Where the person is, to whom names of files are relative. */
  readonly workingDirectory: string;
  /** Address of the database; found, or started, when a command first asks for it. */
  databaseUrl(): Promise<string>;
  /** Ends the program with this exit code once the command is done. */
  fail(exitCode: number): void;
  /** Runs `work` with the services of these modules of the registry API, and ends them. */
  inBerth<T>(modules: readonly Type[], work: (berth: Berth) => Promise<T>): Promise<T>;
}

/** Without what serves requests or works in the background. */
@Module({})
class CliModule {
  static with(env: Env, modules: readonly Type[]): DynamicModule {
    return {
      module: CliModule,
      imports: [CoreModule.with(env), DatabaseModule, JobsModule, AuditModule, AccessModule, ...modules],
    };
  }
}

/** The validated configuration, as a worker has it. */
export function readConfiguration(): Env {
  const parsed = readEnv();
  if (!parsed.ok) throw new CommandFailure(parsed.message, exitCodes.usage);
  return parsed.env;
}

export async function inBerth<T>(
  databaseUrl: string,
  modules: readonly Type[],
  work: (berth: Berth) => Promise<T>,
): Promise<T> {
  const env = readConfiguration();
  await requireMigrated(databaseUrl);
  const logLevel = env.logLevel === 'info' ? 'warn' : env.logLevel;
  const own = { databaseUrl, databasePoolSize: 4, logLevel, areJobsRun: false };
  const module = CliModule.with({ ...env, ...own }, modules);
  const context = await NestFactory.createApplicationContext(module, { logger: false, abortOnError: false });
  try {
    const facts = await context.get(AccessService).whoIs(operatorCredential);
    const operator: Requester = { credential: operatorCredential, presented: 'session', address: '', facts };
    return await work({ get: (service) => context.get(service, { strict: false }), operator });
  } finally {
    await context.close();
  }
}

async function requireMigrated(databaseUrl: string): Promise<void> {
  if (await isMigrated(databaseUrl)) return;
  throw new CommandFailure(
    'The schema of the database is older than this program: run "berth migrate" first.',
  );
}
