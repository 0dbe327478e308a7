import { Inject, Injectable } from '@nestjs/common';
import { SignInStore } from '../accounts/sign-in.store.js';
import { AuditService } from '../audit/audit.service.js';
import type { Actor } from '../audit/audit-entry.js';
import { Database, type SqlClient } from '../database/database.js';
import type { OidcSettings } from '../env-oidc.js';
import { Conflict } from '../errors/domain-errors.js';
import { SessionsService, type SignInFrom, type StartedSession } from '../sessions/sessions.service.js';
import { FirstSignIn } from './first-sign-in.js';
import { type IdentifiedUser, IdentityStore } from './identity.store.js';
import type { ArrivedPerson } from './oidc-logins.service.js';
import { type SignInRefusal, SignInRefused } from './sign-in-refused.js';
import { TeamsOfGroups } from './teams-of-groups.js';

/** How often a first sign-in starts again because another took the name it had found free. */
const MOST_ATTEMPTS = 5;

type Outcome = StartedSession | { readonly refusal: SignInRefusal };

/** Makes a session of what a provider has proved. */
@Injectable()
export class OidcSignIn {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(IdentityStore) private readonly identities: IdentityStore,
    @Inject(FirstSignIn) private readonly firstSignIn: FirstSignIn,
    @Inject(TeamsOfGroups) private readonly teams: TeamsOfGroups,
    @Inject(SessionsService) private readonly sessions: SessionsService,
    @Inject(SignInStore) private readonly signIns: SignInStore,
    @Inject(AuditService) private readonly audit: AuditService,
  ) {}

  /** Throws `SignInRefused`; what is refused is recorded as well. */
  async signIn(person: ArrivedPerson, from: SignInFrom): Promise<StartedSession> {
    for (let attempt = 1; ; attempt++) {
      try {
        const outcome = await this.database.transaction((client) => this.attempt(client, person, from));
        if ('refusal' in outcome) throw new SignInRefused(outcome.refusal, person.journey);
        return outcome;
      } catch (error) {
        if (!(error instanceof Conflict) || attempt === MOST_ATTEMPTS) throw error;
      }
    }
  }

  private async attempt(client: SqlClient, person: ArrivedPerson, from: SignInFrom): Promise<Outcome> {
    const { provider, identity } = person;
    await this.teams.lock(client);
    const known = await this.identities.findUser(client, provider.name, identity);
    if (!known && !provider.isSignupOpen) return this.refuse(client, person, from, 'oidc_closed');
    if (known?.isDisabled) return this.refuse(client, person, from, 'oidc_disabled', known);
    const user = known ?? (await this.makeUser(client, person, from));
    const actor = actorOf(provider, from, user.username);
    await this.identities.describe(client, provider.name, identity);
    await this.teams.ofUser(client, user.id, actor);
    const session = await this.sessions.start(client, user, from);
    await this.signIns.noteSignIn(client, user.id);
    await this.audit.record(
      {
        actor,
        action: 'session.create',
        object: `session:${session.id}`,
        details: { provider: provider.name },
      },
      client,
    );
    return session;
  }

  private async makeUser(
    client: SqlClient,
    { provider, identity }: ArrivedPerson,
    from: SignInFrom,
  ): Promise<IdentifiedUser> {
    const user = await this.firstSignIn.createUser(client, provider.name, identity);
    const actor = actorOf(provider, from, user.username);
    const details = { provider: provider.name, subject: identity.subject };
    await this.audit.record(
      { actor, action: 'user.create', object: `user:${user.username}`, details },
      client,
    );
    return user;
  }

  /** Only what the provider has proved is recorded: anybody could fill the log with the rest. */
  private async refuse(
    client: SqlClient,
    { provider, identity }: ArrivedPerson,
    from: SignInFrom,
    refusal: SignInRefusal,
    user?: IdentifiedUser,
  ): Promise<Outcome> {
    const actor = actorOf(provider, from, user?.username ?? 'unknown');
    const details = { provider: provider.name, subject: identity.subject, reason: refusal };
    const object = `user:${actor.name}`;
    await this.audit.record({ actor, action: 'session.create', object, result: 'refused', details }, client);
    return { refusal };
  }
}

function actorOf({ name }: OidcSettings, { address }: SignInFrom, username: string): Actor {
  return { name: username, credential: `oidc ${name}`, address };
}
