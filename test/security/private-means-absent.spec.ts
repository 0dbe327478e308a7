import { hashSecret } from '@berth/auth';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { probes } from '../access/probes/index.js';
import { listProbes } from '../access/probes/lists.js';
import type { Presentation, Probe, Target } from '../access/probes/probe.js';
import { startApp, type TestApp } from '../support/app.js';
import { basic, bearer } from '../support/authorization.js';
import type { Credentials } from '../support/registry-client.js';
import { World } from '../support/world.js';

/** Of equal length: what is private, what is absent beside it, what is absent with its namespace. */
const privateName = 'hidden/app';
const absentNames = ['hidden/xyz', 'absent/app'] as const;

interface Answer {
  status: number;
  headers: Record<string, string>;
  body: string;
  roundTrips: number;
}

describe('name enumeration (Harbor CVE-2020-29662): private means absent', () => {
  let app: TestApp;
  let world: World;
  let stranger: Credentials;
  let secret: Credentials;
  const session = 'the session of a stranger';
  let listsBefore: Map<string, Answer>;

  beforeAll(async () => {
    app = await startApp();
    world = await World.open(app.databaseUrl);
    stranger = await world.user('stranger');
    secret = await world.accessToken('stranger');
    await world.sql(
      `INSERT INTO sessions (user_id, secret_hash, credentials_version, expires_at)
       SELECT id, $1, credentials_version, now() + interval '1 day' FROM users WHERE username = 'stranger'`,
      [hashSecret(session)],
    );
    await world.user('owner');
    await world.organization('public', { owner: 'owner' });
    await world.repository('public/app', { visibility: 'public', description: 'words' });
    listsBefore = await answersOfLists();
    await world.organization('hidden', { owner: 'owner' });
    await world.repository(privateName, { description: 'words' });
  }, 120_000);

  afterAll(async () => {
    await world.close();
    await app.close();
  });

  /** As a stranger, or anonymous. */
  async function answerTo(probe: Probe, presentation: Presentation, repository: string): Promise<Answer> {
    const target: Target = {
      repository,
      namespace: repository.split('/')[0]!,
      accessTokenId: '999999999',
      credentials: secret,
    };
    const { method, path, body, scope = '', headers } = probe.request(target);
    const shown = await headersOf(presentation, scope.split(' '));
    let response: Response | undefined;
    let text = '';
    const statements = await app.countSql(async () => {
      response = await fetch(app.url + path, { method, body, headers: { ...headers, ...shown } });
      text = await response.text();
    });
    return {
      status: response!.status,
      headers: withoutOwn(Object.fromEntries(response!.headers), repository),
      body: withoutName(text, repository),
      roundTrips: statements.filter((statement) => !isFromTimer(statement)).length,
    };
  }

  async function headersOf(presentation: Presentation, scopes: string[]): Promise<Record<string, string>> {
    switch (presentation) {
      case 'basic':
        return { authorization: basic(secret) };
      case 'bearer':
        return { authorization: await bearer(app.url, scopes, secret) };
      case 'secret':
        return { authorization: `Bearer ${secret.password}` };
      case 'session':
        return { cookie: `berth_session=${session}` };
      default:
        return {};
    }
  }

  async function answersOfLists(): Promise<Map<string, Answer>> {
    const answers = new Map<string, Answer>();
    for (const { probe, presentation } of questions(isList)) {
      answers.set(keyOf(probe, presentation), await answerTo(probe, presentation, privateName));
    }
    return answers;
  }

  it.each(questions(isNamed))('$route by $presentation', async ({ probe, presentation }) => {
    // The first request of a kind prepares statements and fills batches; counts are those of the ones after.
    await answerTo(probe, presentation, absentNames[0]);
    const answer = await answerTo(probe, presentation, privateName);
    for (const absent of absentNames) {
      expect(await answerTo(probe, presentation, absent)).toEqual(answer);
    }
  });

  it.each(questions(isList))(
    '$route by $presentation lists nothing of it',
    async ({ probe, presentation }) => {
      const answer = await answerTo(probe, presentation, privateName);
      expect(answer.body).not.toContain('hidden');
      expect(answer).toEqual(listsBefore.get(keyOf(probe, presentation)));
    },
  );

  it('answers the same to a password', async () => {
    const ask = (name: string) =>
      fetch(`${app.url}/v2/${name}/tags/list`, { headers: { authorization: basic(stranger) } });
    const bodies = await Promise.all(
      [privateName, absentNames[1]].map(async (name) => (await ask(name)).text()),
    );
    expect(bodies[0]).toBe(bodies[1]);
  });
});

/** What a name or namespace is in, path, query, body or scope. */
function isNamed(probe: Probe): boolean {
  return JSON.stringify(requestOf(probe, 'ns-a/one')) !== JSON.stringify(requestOf(probe, 'ns-b/two'));
}

function isList(probe: Probe): boolean {
  return listProbes.includes(probe);
}

/** Of no request: uses of credentials are written, and keys looked for, at times of their own. */
function isFromTimer(statement: string): boolean {
  return statement.includes('last_used_at = ') || statement.includes('FROM signing_keys');
}

function requestOf(probe: Probe, repository: string) {
  return probe.request({ repository, namespace: repository.split('/')[0]!, accessTokenId: '1' });
}

function questions(wanted: (probe: Probe) => boolean) {
  return probes.filter(wanted).flatMap((probe) =>
    probe.presentations.map((presentation) => ({
      route: probe.name === undefined ? probe.route : `${probe.route} (${probe.name})`,
      presentation,
      probe,
    })),
  );
}

function keyOf({ route, name }: Probe, presentation: Presentation): string {
  return `${route} ${name} ${presentation}`;
}

const own = ['date', 'x-request-id'];

function withoutOwn(headers: Record<string, string>, repository: string): Record<string, string> {
  const kept = Object.entries(headers).filter(([name]) => !own.includes(name));
  return Object.fromEntries(kept.map(([name, value]) => [name, withoutName(value, repository)]));
}

/** The tokens of the token service differ by their time and id: what counts of one are its claims on access. */
function withoutName(text: string, repository: string): string {
  const namespace = repository.split('/')[0]!;
  return withoutTokens(text)
    .replaceAll(repository, '<name>')
    .replaceAll(encodeURIComponent(repository), '<name>')
    .replaceAll(namespace, '<namespace>');
}

function withoutTokens(text: string): string {
  if (!text.startsWith('{"token"')) return text;
  const { token, issued_at: _issuedAt, access_token: _same, ...rest } = JSON.parse(text);
  const { access, berth } = JSON.parse(Buffer.from(token.split('.')[1], 'base64url').toString());
  return JSON.stringify({ ...rest, access, berth, length: token.length });
}
