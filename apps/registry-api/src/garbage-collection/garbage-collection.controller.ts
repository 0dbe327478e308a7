import { Body, Controller, Get, Header, Inject, Post, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import type { Requester } from '../access/credential.js';
import { Allow, From } from '../access/permission.js';
import { Audited } from '../audit/audited.js';
import { ENV, type Env } from '../env.js';
import { toJobAnswer, toRunAnswer } from '../jobs/job-answers.js';
import { type JobRunAnswer, jobRunSchema } from '../jobs/jobs.schema.js';
import { COLLECTION } from './collection-job.js';
import type { CollectionAnswer, CollectionOrder } from './garbage-collection.schema.js';
import { collectionOrderSchema, collectionSchema } from './garbage-collection.schema.js';
import { GarbageCollection } from './garbage-collection.service.js';

const DEFAULT_WAIT_SECONDS = 10;

@ApiTags('administration')
@Controller('api/v1/admin/gc')
@Allow('admin', 'api')
export class GarbageCollectionController {
  constructor(
    @Inject(GarbageCollection) private readonly collection: GarbageCollection,
    @Inject(ENV) private readonly env: Env,
  ) {}

  @Get()
  @Header('Cache-Control', 'private, no-store')
  @ApiOkResponse({ standardSchema: collectionSchema })
  async getCollection(): Promise<CollectionAnswer> {
    const { nextAt, current, last } = toJobAnswer(await this.collection.overview());
    return { graceSeconds: this.env.collectionGraceSeconds, nextAt, current, last };
  }

  /** 200 with what it did when it has ended in time, else 202 with how far it is. */
  @Post()
  @Audited('job.run', () => `job:${COLLECTION}`)
  @ApiOkResponse({ standardSchema: jobRunSchema })
  @ApiAcceptedResponse({ standardSchema: jobRunSchema })
  async collect(
    @From() requester: Requester,
    @Body({ schema: collectionOrderSchema.default({}) }) order: CollectionOrder,
    @Res({ passthrough: true }) response: Response,
  ): Promise<JobRunAnswer> {
    const { graceSeconds, dryRun = false, waitSeconds = DEFAULT_WAIT_SECONDS } = order;
    const run = await this.collection.collect(requester, { graceSeconds, isDryRun: dryRun, waitSeconds });
    response.status(run.finishedAt ? 200 : 202);
    return toRunAnswer(run);
  }
}
