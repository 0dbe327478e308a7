import { Module } from '@nestjs/common';
import { EventStore } from './event.store.js';
import { EventFeed } from './event-feed.js';
import { EventRetention } from './event-retention.js';
import { EventStreams } from './event-streams.js';
import { EventsController } from './events.controller.js';
import { EventsService } from './events.service.js';
import { LiveChannel } from './live-channel.js';
import { PushBoard } from './push-board.js';
import { PushProgress } from './push-progress.js';
import { StreamAccess } from './stream-access.js';

@Module({
  controllers: [EventsController],
  providers: [
    EventFeed,
    EventRetention,
    EventsService,
    EventStore,
    EventStreams,
    LiveChannel,
    PushBoard,
    PushProgress,
    StreamAccess,
  ],
  exports: [PushProgress],
})
export class EventsModule {}
