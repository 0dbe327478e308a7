import { Inject, Injectable } from '@nestjs/common';
import { UserStore } from '../accounts/user.store.js';
import type { SqlClient } from '../database/database.js';
import { Conflict } from '../errors/domain-errors.js';
import { type IdentifiedUser, IdentityStore } from './identity.store.js';
import type { ProvenIdentity } from './proven-identity.js';
import { usernameCandidates, wantedUsername } from './wanted-username.js';

/** Makes the account of somebody who comes from a provider for the first time. */
@Injectable()
export class FirstSignIn {
  constructor(
    @Inject(UserStore) private readonly users: UserStore,
    @Inject(IdentityStore) private readonly identities: IdentityStore,
  ) {}

  /**
   * Without a password, and never an account that exists: an address or a name that is equal proves nothing. Throws
   * `Conflict` when another sign-in has just taken the name, the address or the identity.
   */
  async createUser(client: SqlClient, provider: string, identity: ProvenIdentity): Promise<IdentifiedUser> {
    const username = await freeUsername(client, wantedUsername(identity));
    const email = await freeEmail(client, identity);
    const { id } = await this.users.create(client, { username, email, isPasswordTemporary: false });
    const isLinked = await this.identities.link(client, provider, identity, id);
    if (!isLinked) throw new Conflict('This identity has just got an account.');
    return { id, username, credentialsVersion: 1, isDisabled: false };
  }
}

/** Names of deleted users and organizations stay taken. */
async function freeUsername(client: SqlClient, wanted: string): Promise<string> {
  const [row] = await client.query<{ name: string }>(
    `SELECT asked.name FROM unnest($1::text[]) WITH ORDINALITY AS asked (name, ord)
     WHERE NOT EXISTS (SELECT FROM namespaces n WHERE n.name = asked.name) ORDER BY asked.ord LIMIT 1`,
    [usernameCandidates(wanted)],
  );
  return row?.name ?? `${wanted}-${Date.now().toString(36)}`;
}

/** Only one that the provider has verified, and that no account has. */
async function freeEmail(client: SqlClient, identity: ProvenIdentity): Promise<string | undefined> {
  const { email, isEmailVerified } = identity;
  if (!isEmailVerified || email === undefined || !/^[^@\s]+@[^@\s]+$/.test(email) || email.length > 254) {
    return undefined;
  }
  const taken = await client.query('SELECT id FROM users WHERE lower(email) = lower($1)', [email]);
  return taken.length > 0 ? undefined : email;
}
