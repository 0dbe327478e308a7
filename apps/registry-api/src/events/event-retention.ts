import { Inject, Injectable } from '@nestjs/common';
import { JobRegistry } from '../jobs/job-registry.js';
import { limits } from '../limits.js';
import { EventStore } from './event.store.js';

/** Keeps events for as long as an interrupted stream may go on with them. */
@Injectable()
export class EventRetention {
  constructor(
    @Inject(EventStore) private readonly events: EventStore,
    @Inject(JobRegistry) jobs: JobRegistry,
  ) {
    jobs.declare({
      name: 'event-retention',
      title: `Removes events older than ${limits.eventDays} days`,
      schedule: '33 * * * *',
      run: async () => ({ removed: await this.sweep() }),
    });
  }

  /** Answers how many were removed. */
  async sweep(): Promise<number> {
    return this.events.removeOlderThan(limits.eventDays);
  }
}
