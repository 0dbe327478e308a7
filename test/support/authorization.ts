import type { TestApp } from './app.js';
import type { Credentials } from './registry-client.js';
import { World } from './world.js';

/** The Authorization header that sends a user name and a password or secret itself. */
export function basic({ username, password }: Credentials): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}

/** The Authorization header with a registry token for the scopes, got as a client gets one; anonymous without credentials. */
export async function bearer(url: string, scopes: string[], credentials?: Credentials): Promise<string> {
  const query = new URLSearchParams(scopes.map((scope): [string, string] => ['scope', scope]));
  const headers: Record<string, string> = credentials ? { authorization: basic(credentials) } : {};
  const response = await fetch(`${url}/token?${query}`, { headers });
  if (!response.ok)
    throw new Error(`the token service answered ${response.status}: ${await response.text()}`);
  return `Bearer ${((await response.json()) as { token: string }).token}`;
}

/** An access token of the admin: for tests with many requests, since no password has to be verified. */
export async function adminToken(app: TestApp): Promise<Credentials> {
  const world = await World.open(app.databaseUrl);
  try {
    return await world.accessToken(app.admin.username);
  } finally {
    await world.close();
  }
}
