import { randomBytes } from 'node:crypto';
import { hashSecret, parseSecret } from '@berth/auth';
import { Inject, Injectable } from '@nestjs/common';
import { actorOf, factsOf } from '../access/actor.js';
import type { Requester } from '../access/credential.js';
import { problemSentence } from '../access/registry-access.js';
import { PasswordVerifier } from '../accounts/password-verifier.js';
import { AuditService } from '../audit/audit.service.js';
import { Database, type SqlClient } from '../database/database.js';
import { NotFound, Unauthorized } from '../errors/domain-errors.js';
import { type CursorPage, cutCursorPage, type ListPage, readCursor } from '../http/cursor-page.js';
import { idOfCursor } from '../http/id.pipe.js';
import { type Session, SessionStore } from './session.store.js';
import { sessionLifetime } from './session-lifetime.js';

/** The browser that somebody signs in with. */
export interface SignInFrom {
  readonly address: string;
  readonly userAgent?: string;
  /** The cookies that it had for this; whatever session they stand for ends. */
  readonly oldSecrets: readonly string[];
}

export interface StartedSession {
  readonly id: string;
  /** The cookie's value; kept nowhere. */
  readonly secret: string;
  /** When it ends however much it is used. */
  readonly endsAt: Date;
}

const MAX_USER_AGENT = 300;

/** Browsers that are signed in. */
@Injectable()
export class SessionsService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(SessionStore) private readonly sessions: SessionStore,
    @Inject(PasswordVerifier) private readonly passwords: PasswordVerifier,
    @Inject(AuditService) private readonly audit: AuditService,
  ) {}

  /** Always a new session, never one that the browser brings along. Throws `Unauthorized`, `TooManyAttempts`. */
  async signIn(username: string, password: string, from: SignInFrom): Promise<StartedSession> {
    if (parseSecret(password)) {
      throw new Unauthorized(
        [],
        undefined,
        'Sign in here with your password: access tokens are for clients.',
      );
    }
    const user = await this.passwords.verify(username, password, from.address, 'session.create');
    if (!user) throw new Unauthorized([], undefined, problemSentence('unknown'));
    if (user.isDisabled) throw new Unauthorized([], undefined, problemSentence('disabled'));
    const actor = { name: username, credential: 'password', address: from.address };
    return this.database.transaction(async (client) => {
      const session = await this.start(client, user, from);
      await this.passwords.noteSignIn(client, user);
      await this.audit.record({ actor, action: 'session.create', object: `session:${session.id}` }, client);
      return session;
    });
  }

  /** For a user who has proved to be one; the transaction is that of the proof. */
  async start(
    client: SqlClient,
    user: { readonly id: string; readonly credentialsVersion: number },
    { address, userAgent, oldSecrets }: SignInFrom,
  ): Promise<StartedSession> {
    const secret = randomBytes(32).toString('base64url');
    if (oldSecrets.length > 0) await this.sessions.deleteBySecrets(client, oldSecrets.map(hashSecret));
    const { id, createdAt } = await this.sessions.create(client, {
      userId: user.id,
      credentialsVersion: user.credentialsVersion,
      secretHash: hashSecret(secret),
      address,
      userAgent: userAgent?.slice(0, MAX_USER_AGENT),
    });
    const endsAt = new Date(createdAt.getTime() + sessionLifetime.totalSeconds * 1000);
    return { id, secret, endsAt };
  }

  /** One's own, the newest first. */
  async listSessions(requester: Requester, page: CursorPage): Promise<ListPage<Session>> {
    const found = await this.sessions.list(userIdOf(requester), {
      last: idOfCursor(readCursor(page)),
      limit: page.limit + 1,
    });
    return cutCursorPage(found, page, ({ id }) => id);
  }

  /** Signs out: the session with which the request came. Throws `NotFound` when it came with none. */
  async endCurrentSession(requester: Requester): Promise<void> {
    const id = currentSessionId(requester);
    if (id === undefined) throw new NotFound('This request came with no session.');
    await this.endSession(requester, id);
  }

  /** Throws `NotFound` for one that is not the requester's own. */
  async endSession(requester: Requester, id: string): Promise<void> {
    const actor = actorOf(requester, factsOf(requester));
    await this.database.transaction(async (client) => {
      if (!(await this.sessions.delete(client, userIdOf(requester), id))) throw new NotFound();
      await this.audit.record({ actor, action: 'session.delete', object: `session:${id}` }, client);
    });
  }

  /** All of one's own but the one with which the request came. */
  async endOtherSessions(requester: Requester): Promise<void> {
    const actor = actorOf(requester, factsOf(requester));
    await this.database.transaction(async (client) => {
      const current = currentSessionId(requester);
      const ended = await this.sessions.deleteOthers(client, userIdOf(requester), current);
      await this.audit.record(
        { actor, action: 'session.delete', object: `user:${actor.name}`, details: { ended } },
        client,
      );
    });
  }

  async removeExpired(): Promise<void> {
    await this.sessions.removeExpired();
  }
}

export function currentSessionId(requester: Requester): string | undefined {
  return requester.presented === 'session' ? factsOf(requester).credentialId : undefined;
}

function userIdOf(requester: Requester): string {
  const { principal } = factsOf(requester);
  if (principal.kind !== 'user') throw new Error('the route lets others than users pass');
  return principal.id;
}
