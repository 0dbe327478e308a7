import 'server-only';
import { cookies, headers } from 'next/headers';
import { internalSecret } from '../env';

const SESSION_COOKIES = ['__Host-berth_session', 'berth_session'];

/** The header in which the API tells this app, and this app tells the API, where a visitor comes from. */
const CLIENT_ADDRESS = 'x-berth-client-address';
const INTERNAL_SECRET = 'x-berth-internal';

/** The headers that make a call to the API count as the visitor's own. */
export async function visitorHeaders(): Promise<Record<string, string>> {
  const [incoming, jar] = await Promise.all([headers(), cookies()]);
  const session = jar.getAll().find(({ name }) => SESSION_COOKIES.includes(name));
  const address = incoming.get(INTERNAL_SECRET) === internalSecret ? incoming.get(CLIENT_ADDRESS) : null;
  return withoutEmpty({
    Cookie: session && `${session.name}=${session.value}`,
    Origin: incoming.get('origin'),
    'User-Agent': incoming.get('user-agent'),
    'X-Berth-Internal': internalSecret,
    'X-Berth-Client-Address': address,
  });
}

/** The path and query that the visitor asked for; set by `proxy.ts`. */
export async function visitedPath(): Promise<string> {
  return (await headers()).get('x-berth-path') ?? '/';
}

function withoutEmpty(headers: Record<string, string | null | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).filter((entry): entry is [string, string] => Boolean(entry[1])),
  );
}
