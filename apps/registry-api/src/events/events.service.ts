import type { RepositoryName } from '@berth/oci';
import { Inject, Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { AccessService } from '../access/access.service.js';
import { principalKey } from '../access/access-facts.js';
import { authorizeApi, requireCounting } from '../access/api-access.js';
import type { Requester } from '../access/credential.js';
import { Unauthorized } from '../errors/domain-errors.js';
import { EventStore } from './event.store.js';
import { EventFeed, pushed } from './event-feed.js';
import { EventStream, type StreamScope } from './event-stream.js';
import { EventStreams } from './event-streams.js';
import { PushBoard } from './push-board.js';
import { StreamAccess } from './stream-access.js';

/** Streams of what happens, as it happens. */
@Injectable()
export class EventsService {
  constructor(
    @Inject(AccessService) private readonly access: AccessService,
    @Inject(EventStreams) private readonly streams: EventStreams,
    @Inject(EventFeed) private readonly feed: EventFeed,
    @Inject(EventStore) private readonly events: EventStore,
    @Inject(StreamAccess) private readonly streamAccess: StreamAccess,
    @Inject(PushBoard) private readonly board: PushBoard,
  ) {}

  /**
   * Who may follow what, decided before a byte is answered. Throws what `authorizeApi` throws, `Unauthorized` for
   * nobody's own repositories, `TooManyStreams` and `StreamsBusy`.
   */
  async admit(
    requester: Requester,
    name: RepositoryName | undefined,
  ): Promise<{ scope: StreamScope; client: string }> {
    const facts = name
      ? await this.access.factsOn(requester.credential, name)
      : await this.access.whoIs(requester.credential);
    requireCounting(facts);
    const repository = name && {
      id: authorizeApi(requester, facts, 'pull', this.access.settings).repositoryId,
      name: name.value,
    };
    const isNobody = facts.principal.kind === 'anonymous';
    if (isNobody && !repository)
      throw new Unauthorized([], undefined, 'Sign in to follow your own repositories.');
    const client = isNobody ? requester.address : principalKey(facts.principal);
    this.streams.admit(client);
    return { scope: { requester, repository }, client };
  }

  /** Streams into an answer whose headers are sent; `after` is where an interrupted stream was. Never throws. */
  async stream(
    { scope, client }: { scope: StreamScope; client: string },
    response: Response,
    after: number | undefined,
  ): Promise<void> {
    const stream = new EventStream(scope, response);
    try {
      const position = await this.feed.begin();
      if (response.destroyed) return;
      this.streams.add(stream, client);
      response.once('close', () => this.streams.remove(stream));
      const missed =
        after === undefined ? [] : await this.events.missed(scope.requester, after, scope.repository?.id);
      const { allowed } = await this.streamAccess.decide([stream], new Set(this.board.repositoryIds));
      stream.begin([
        ...missed.map((push) => pushed(push, push.name)),
        { kind: 'ready', data: {}, position },
        ...this.feed.progressOf(allowed.get(stream) ?? new Map()),
      ]);
      this.feed.look();
    } catch {
      stream.end(); // the client comes back
    }
  }
}
