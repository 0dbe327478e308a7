import { Inject, Injectable } from '@nestjs/common';
import { actorOf, factsOf } from '../access/actor.js';
import type { Requester } from '../access/credential.js';
import { AuditService } from '../audit/audit.service.js';
import { Database } from '../database/database.js';
import { Conflict, Denied, NotFound, ProviderUnreachable } from '../errors/domain-errors.js';
import { currentSessionId, type SignInFrom } from '../sessions/sessions.service.js';
import { IdentityStore, type LinkedIdentity } from './identity.store.js';
import { type ArrivedPerson, type Departure, OidcLogins } from './oidc-logins.service.js';
import { SignInRefused } from './sign-in-refused.js';
import { TeamsOfGroups } from './teams-of-groups.js';

/** The identities that a user signs in with, beside a password. */
@Injectable()
export class OwnIdentities {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(IdentityStore) private readonly identities: IdentityStore,
    @Inject(OidcLogins) private readonly logins: OidcLogins,
    @Inject(TeamsOfGroups) private readonly teams: TeamsOfGroups,
    @Inject(AuditService) private readonly audit: AuditService,
  ) {}

  async list(requester: Requester): Promise<LinkedIdentity[]> {
    return this.identities.list(personOf(requester).id);
  }

  /** Only in a browser that is signed in: it is the one that comes back. Throws `NotFound`, `Denied`, `ProviderUnreachable`. */
  async beginLink(requester: Requester, provider: string, next: unknown): Promise<Departure> {
    const sessionId = currentSessionId(requester);
    if (sessionId === undefined) throw new Denied('Accounts are linked in a browser: sign in there.');
    const departure = await this.logins.depart(provider, next, sessionId).catch((error: unknown) => {
      if (error instanceof SignInRefused) throw new ProviderUnreachable(provider, { cause: error });
      throw error;
    });
    const object = `identity:${personOf(requester).username}/${provider}`;
    const actor = actorOf(requester, factsOf(requester));
    await this.audit.record({ actor, action: 'identity.request', object });
    return departure;
  }

  /** Of somebody who has come back. An identity that the user has already is no error. Throws `SignInRefused`. */
  async finishLink(person: ArrivedPerson, userId: string, from: SignInFrom): Promise<void> {
    const { provider, identity, journey } = person;
    await this.database.transaction(async (client) => {
      await this.teams.lock(client);
      const user = await this.identities.lockUser(client, userId);
      if (!user || user.isDisabled) throw new SignInRefused('oidc_disabled', journey);
      const known = await this.identities.findUser(client, provider.name, identity);
      if (known && known.id !== userId) throw new SignInRefused('oidc_taken', journey);
      if (!known && !(await this.identities.link(client, provider.name, identity, userId))) {
        throw new SignInRefused('oidc_linked', journey);
      }
      const actor = { name: user.username, credential: `oidc ${provider.name}`, address: from.address };
      await this.identities.describe(client, provider.name, identity);
      await this.teams.ofUser(client, userId, actor);
      const object = `identity:${user.username}/${provider.name}`;
      const details = { subject: identity.subject };
      await this.audit.record({ actor, action: 'identity.create', object, details }, client);
    });
  }

  /** Takes the teams of its groups along. Throws `NotFound`, and `Conflict` for the only way in. */
  async unlink(requester: Requester, provider: string): Promise<void> {
    const { id, username } = personOf(requester);
    const actor = actorOf(requester, factsOf(requester));
    await this.database.transaction(async (client) => {
      await this.teams.lock(client);
      await this.identities.lockUser(client, id);
      const isUnlinked = await this.identities.unlink(client, id, provider);
      if (!isUnlinked) throw new NotFound(`Your account is not linked with "${provider}".`);
      if (!(await this.identities.hasOtherWayIn(client, id))) throw new Conflict(onlyWayIn);
      await this.teams.ofUser(client, id, actor);
      const object = `identity:${username}/${provider}`;
      await this.audit.record({ actor, action: 'identity.delete', object }, client);
    });
  }
}

const onlyWayIn =
  'You could not sign in any more: your account has no password. Ask an admin for a link to set one first.';

function personOf(requester: Requester): { id: string; username: string } {
  const { principal } = factsOf(requester);
  if (principal.kind !== 'user') throw new Error('the route lets others than users pass');
  return principal;
}
