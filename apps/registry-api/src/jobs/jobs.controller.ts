import { Controller, Get, Header, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Requester } from '../access/credential.js';
import { Allow, From } from '../access/permission.js';
import { Audited } from '../audit/audited.js';
import { type CursorPage, cursorPageSchema, type ListPage } from '../http/cursor-page.js';
import { toJobAnswer, toRunAnswer } from './job-answers.js';
import type { JobAnswer, JobRunAnswer } from './jobs.schema.js';
import { jobListSchema, jobRunPageSchema, jobRunSchema, jobSchema } from './jobs.schema.js';
import { JobsService } from './jobs.service.js';

@ApiTags('administration')
@Controller('api/v1/admin/jobs')
@Allow('admin', 'api')
export class JobsController {
  constructor(@Inject(JobsService) private readonly jobs: JobsService) {}

  @Get()
  @Header('Cache-Control', 'private, no-store')
  @ApiOkResponse({ standardSchema: jobListSchema })
  async listJobs(): Promise<{ items: JobAnswer[] }> {
    const jobs = await this.jobs.listJobs();
    return { items: jobs.map(toJobAnswer) };
  }

  @Get(':job')
  @Header('Cache-Control', 'private, no-store')
  @ApiOkResponse({ standardSchema: jobSchema })
  async getJob(@Param('job') name: string): Promise<JobAnswer> {
    return toJobAnswer(await this.jobs.findJob(name));
  }

  /** The newest first. */
  @Get(':job/runs')
  @Header('Cache-Control', 'private, no-store')
  @ApiOkResponse({ standardSchema: jobRunPageSchema })
  async listJobRuns(
    @Param('job') name: string,
    @Query({ schema: cursorPageSchema }) page: CursorPage,
  ): Promise<ListPage<JobRunAnswer>> {
    const { items, nextCursor } = await this.jobs.listRuns(name, page);
    return { items: items.map(toRunAnswer), nextCursor };
  }

  /** Lets it run as soon as a process is free. */
  @Post(':job/run')
  @HttpCode(202)
  @Audited('job.run', ({ params }) => `job:${params.job}`)
  @ApiAcceptedResponse({ standardSchema: jobRunSchema })
  async runJob(@From() requester: Requester, @Param('job') name: string): Promise<JobRunAnswer> {
    return toRunAnswer(await this.jobs.runNow(requester, name));
  }

  /** One that is under way stops within some seconds. */
  @Post(':job/cancel')
  @HttpCode(202)
  @Audited('job.cancel', ({ params }) => `job:${params.job}`)
  @ApiAcceptedResponse({ standardSchema: jobRunSchema })
  async cancelJob(@From() requester: Requester, @Param('job') name: string): Promise<JobRunAnswer> {
    return toRunAnswer(await this.jobs.cancelRun(requester, name));
  }
}
