import { RepositoryName } from '@berth/oci';
import { Inject, Injectable } from '@nestjs/common';
import { AccessService } from '../access/access.service.js';
import { principalCte, requestCte, requestParameters } from '../access/access-sql.js';
import type { Credential } from '../access/credential.js';
import { ownRepositories } from '../access/own-repositories.js';
import { visibleRepositories } from '../access/visible-repositories.js';
import { Database, IN_BACKGROUND } from '../database/database.js';
import type { EventStream } from './event-stream.js';

/** Names of repositories by their ids. */
export type Names = ReadonlyMap<string, string>;

const MOST_AT_ONCE = 500;

const ownSql = `${IN_BACKGROUND}
  WITH ${requestCte}, ${principalCte}
  SELECT p.ord::int AS ord, repository.id, repository.name
  FROM principal p JOIN repositories repository ON repository.id = ANY ($8::bigint[])
  WHERE ${visibleRepositories({ isAnonymousPullAllowed: 7 })} AND ${ownRepositories}`;

/** Who may be told what, asked anew each time that there is something to tell. */
@Injectable()
export class StreamAccess {
  constructor(
    @Inject(AccessService) private readonly access: AccessService,
    @Inject(Database) private readonly database: Database,
  ) {}

  /**
   * Which of the repositories each stream may be told of. Streams of one repository that may not (any more) are
   * `refused`. A round trip for all streams of own repositories together, and one for a hundred requesters of others.
   */
  async decide(
    streams: readonly EventStream[],
    repositoryIds: ReadonlySet<string>,
  ): Promise<{ allowed: Map<EventStream, Names>; refused: EventStream[] }> {
    const ofOne = streams.filter(({ scope }) => scope.repository && repositoryIds.has(scope.repository.id));
    const ofOwn = streams.filter(({ scope }) => !scope.repository);
    const [ones, refused] = await this.decideEach(ofOne);
    const owns = await this.decideOwn(ofOwn, [...repositoryIds]);
    return { allowed: new Map([...ones, ...owns]), refused };
  }

  /** Streams whose repository may not be read any more, or whose credential counts no more. */
  async refused(streams: readonly EventStream[]): Promise<EventStream[]> {
    const [, refused] = await this.decideEach(streams.filter(({ scope }) => scope.repository));
    const own = streams.filter(({ scope }) => !scope.repository);
    const problems = await Promise.all(
      own.map(async (stream) => {
        const { credentialProblem } = await this.access.whoIs(stream.scope.requester.credential);
        return credentialProblem ? [stream] : [];
      }),
    );
    return [...refused, ...problems.flat()];
  }

  private async decideEach(
    streams: readonly EventStream[],
  ): Promise<[allowed: [EventStream, Names][], refused: EventStream[]]> {
    const asked = new Map<string, Promise<string | undefined>>();
    const decided = await Promise.all(
      streams.map(async (stream) => {
        const { requester, repository } = stream.scope;
        const { id, name } = repository!;
        const key = `${name} ${credentialKey(requester.credential)}`;
        const answer = asked.get(key) ?? this.readableId(requester.credential, name);
        asked.set(key, answer);
        return { stream, id, name, isAllowed: (await answer) === id };
      }),
    );
    return [
      decided
        .filter(({ isAllowed }) => isAllowed)
        .map(({ stream, id, name }) => [stream, new Map([[id, name]])]),
      decided.filter(({ isAllowed }) => !isAllowed).map(({ stream }) => stream),
    ];
  }

  private async readableId(credential: Credential, name: string): Promise<string | undefined> {
    const facts = await this.access.factsOn(credential, RepositoryName.parse(name));
    return this.access.allows(facts, 'pull') ? facts.repository?.id : undefined;
  }

  private async decideOwn(
    streams: readonly EventStream[],
    repositoryIds: readonly string[],
  ): Promise<[EventStream, Names][]> {
    const allowed = new Map<EventStream, Map<string, string>>();
    for (let first = 0; first < streams.length; first += MOST_AT_ONCE) {
      const some = streams.slice(first, first + MOST_AT_ONCE);
      const requests = some.map(({ scope }) => ({
        credential: scope.requester.credential,
        repositoryName: '',
      }));
      const rows = await this.database.query<{ ord: number; id: string; name: string }>(
        ownSql,
        [...requestParameters(requests), this.access.settings.isAnonymousPullAllowed, repositoryIds],
        'streams-own',
      );
      for (const { ord, id, name } of rows) {
        const stream = some[ord - 1]!;
        allowed.set(stream, (allowed.get(stream) ?? new Map()).set(id, name));
      }
    }
    return [...allowed];
  }
}

function credentialKey(credential: Credential): string {
  const { kind, ...rest } = credential;
  const secret = 'secretHash' in rest ? rest.secretHash.toString('base64') : '';
  return JSON.stringify([kind, secret, { ...rest, secretHash: undefined }]);
}
