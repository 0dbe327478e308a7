import { Global, Module } from '@nestjs/common';
import { JobQueue } from './job-queue.js';
import { JobRegistry } from './job-registry.js';
import { JobRunStore } from './job-run.store.js';
import { JobRunner } from './job-runner.js';
import { JobsController } from './jobs.controller.js';
import { JobsService } from './jobs.service.js';

/** Global, since every feature may declare jobs of its own. */
@Global()
@Module({
  controllers: [JobsController],
  providers: [JobRegistry, JobsService, JobQueue, JobRunner, JobRunStore],
  exports: [JobRegistry, JobsService],
})
export class JobsModule {}
