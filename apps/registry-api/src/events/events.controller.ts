import { Controller, Get, Headers, Inject, Query, Res } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { z } from 'zod';
import type { Requester } from '../access/credential.js';
import { Allow, From } from '../access/permission.js';
import { parseName } from '../http/registry-parameters.js';
import type { EventsQuery } from './events.schema.js';
import { eventsQuerySchema, lastEventIdSchema, pushedSchema, pushProgressSchema } from './events.schema.js';
import { EventsService } from './events.service.js';

@ApiTags('events')
@Controller('api/v1/events')
export class EventsController {
  constructor(@Inject(EventsService) private readonly events: EventsService) {}

  /**
   * Pushes as they happen, as server-sent events: `ready` when the stream has begun, `push-progress` while blobs
   * arrive, `pushed` for every tag. The stream ends when the repository may not be read any more.
   */
  @Get()
  @Allow('anyone', 'api')
  @ApiProduces('text/event-stream')
  @ApiHeader({
    name: 'Last-Event-ID',
    required: false,
    description: 'The same as `after`; browsers send it.',
  })
  @ApiOkResponse({ standardSchema: z.union([pushProgressSchema, pushedSchema]) })
  async streamEvents(
    @From() requester: Requester,
    @Query({ schema: eventsQuerySchema }) { repository, after }: EventsQuery,
    @Headers('last-event-id') lastEventId: string | undefined,
    @Res() response: Response,
  ): Promise<void> {
    const name = repository === undefined ? undefined : parseName(repository);
    const admitted = await this.events.admit(requester, name);
    response.setHeader('Content-Type', 'text/event-stream');
    response.setHeader('Cache-Control', 'private, no-cache, no-store, no-transform');
    response.setHeader('X-Accel-Buffering', 'no');
    response.flushHeaders();
    const position = lastEventIdSchema.parse(lastEventId) ?? after;
    await this.events.stream(admitted, response, position === undefined ? undefined : Number(position));
  }
}
