import { Inject, Injectable } from '@nestjs/common';
import type { Requester } from '../access/credential.js';
import { ownRepositories } from '../access/own-repositories.js';
import { VisibleLists, visibleList } from '../access/visible-lists.service.js';
import { Database, IN_BACKGROUND } from '../database/database.js';
import { limits } from '../limits.js';

/** A tag or digest of a repository that was pushed, or put back. */
export interface PushEvent {
  readonly id: number;
  readonly repositoryId: string;
  /** Microseconds since 1970: where a stream goes on that was interrupted. */
  readonly atMicros: number;
  readonly tag: string | null;
  readonly digest: string;
}

interface EventRow {
  readonly id: string;
  readonly repository_id: string;
  readonly at_micros: string;
  readonly tag: string | null;
  readonly digest: string;
  readonly kind: string;
}

const BATCH = 1000;
const columns = `
  event.id, event.repository_id, event.kind, (extract(epoch FROM event.at) * 1000000)::bigint AS at_micros,
  event.details ->> 'tag' AS tag, event.details ->> 'digest' AS digest`;

/** What a stream tells of; `events` may hold more. */
const shownKinds = ['push', 'restore'];

const missedList = visibleList(
  'events-missed',
  (isVisible) => `
    SELECT ${columns}, repository.name
    FROM events event JOIN repositories repository ON repository.id = event.repository_id
    WHERE event.at > to_timestamp($8::bigint / 1000000.0) AND event.kind = ANY ($9::text[]) AND ${isVisible}
      AND CASE WHEN $10::bigint IS NULL THEN ${ownRepositories} ELSE repository.id = $10 END
    ORDER BY event.at DESC, event.id DESC LIMIT ${limits.missedEvents}`,
  'found.at_micros, found.id',
);

@Injectable()
export class EventStore {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(VisibleLists) private readonly lists: VisibleLists,
  ) {}

  /** The newest ids, and the time by the database's clock. */
  async now(): Promise<{ ids: number[]; atMicros: number }> {
    const [row] = await this.database.query<{ ids: string[]; at_micros: string }>(
      `SELECT ARRAY(SELECT id FROM events ORDER BY id DESC LIMIT 100) AS ids,
         (extract(epoch FROM now()) * 1000000)::bigint AS at_micros`,
      [],
      'events-now',
    );
    return { ids: (row?.ids ?? []).map(Number), atMicros: Number(row?.at_micros) };
  }

  /** Those after an id and those with the given ones: ids of all kinds of events, and the events that are shown. */
  async after(id: number, alsoIds: readonly number[]): Promise<{ ids: number[]; pushes: PushEvent[] }> {
    const rows = await this.database.query<EventRow>(
      `${IN_BACKGROUND} SELECT ${columns} FROM events event
       WHERE event.id > $1 OR event.id = ANY ($2::bigint[]) ORDER BY event.id LIMIT ${BATCH}`,
      [id, alsoIds],
      'events-after',
    );
    const shown = rows.filter(
      ({ kind, repository_id }) => shownKinds.includes(kind) && repository_id !== null,
    );
    return { ids: rows.map((row) => Number(row.id)), pushes: shown.map(toPush) };
  }

  /**
   * What happened since, of one repository or of the requester's own, as far as it may be read now; the oldest first,
   * and the newest `limits.missedEvents` if there were more. Throws `Unauthorized`.
   */
  async missed(
    requester: Requester,
    sinceMicros: number,
    repositoryId?: string,
  ): Promise<(PushEvent & { name: string })[]> {
    const values = [sinceMicros, shownKinds, repositoryId ?? null];
    const rows = await this.lists.query<EventRow & { name: string | null }>(requester, missedList, values);
    return rows.flatMap(({ name, ...row }) => (name === null ? [] : { ...toPush(row), name }));
  }

  /** Answers how many were removed. */
  async removeOlderThan(days: number): Promise<number> {
    const [row] = await this.database.query<{ removed: number }>(
      `${IN_BACKGROUND} WITH removed AS (DELETE FROM events WHERE at < now() - make_interval(days => $1) RETURNING 1)
       SELECT count(*)::int AS removed FROM removed`,
      [days],
    );
    return row?.removed ?? 0;
  }
}

function toPush(row: EventRow): PushEvent {
  return {
    id: Number(row.id),
    repositoryId: row.repository_id,
    atMicros: Number(row.at_micros),
    tag: row.tag,
    digest: row.digest,
  };
}
