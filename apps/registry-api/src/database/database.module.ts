import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { dataSourceOptions } from '../data-source.js';
import { ENV, type Env } from '../env.js';
import { SqlMetrics } from '../metrics/sql-metrics.js';
import { Database } from './database.js';
import { SilentServer } from './silent-server.js';

@Global()
@Module({
  imports: [
    TypeOrmModule.forRootAsync({
      inject: [ENV],
      useFactory: (env: Env) => ({
        ...dataSourceOptions(env.databaseUrl ?? '', env.databasePoolSize),
        retryAttempts: 5,
        retryDelay: 1000,
      }),
    }),
  ],
  providers: [Database, SilentServer, SqlMetrics],
  exports: [Database],
})
export class DatabaseModule {}
