// needs: chromium
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { randomImage } from '../support/images.js';
import type { Credentials } from '../support/registry-client.js';
import { cookieOfSession, fetchPage } from '../support/ui/fetched-page.js';
import { type Site, startSite } from '../support/ui/site.js';

const image = randomImage();
/** As long as each other, so that nothing but the name differs. */
const PRIVATE = 'alice/secret-app';
const ABSENT = 'alice/absent-app';
const PRIVATE_NAMESPACE = 'secret-org';
const ABSENT_NAMESPACE = 'absent-org';

let site: Site;
let cookies: Record<'anonymous' | 'a stranger' | 'the owner', string | undefined>;
beforeAll(async () => {
  site = await startSite();
  const alice = await site.user('alice');
  const stranger = await site.user('stranger');
  await site.registry(alice).push(PRIVATE, image, '1.0');
  await site.registry(alice).putManifest(PRIVATE, image, '1.1');
  await site.api(alice).post('/namespaces', { name: PRIVATE_NAMESPACE }).expect(201);
  cookies = {
    anonymous: undefined,
    'a stranger': await session(stranger),
    'the owner': await session(alice),
  };
});
afterAll(() => site?.stop());

const session = (credentials: Credentials) => cookieOfSession(site.origin, credentials);

const repositoryPages = [
  '',
  '/-/tags',
  '/-/tags/1.0',
  '/-/tags/1.0?tab=raw',
  `/-/manifests/${image.digest}`,
  '/-/compare',
  '/-/compare/1.0...1.1',
  '/-/activity',
  '/-/trash',
  '/-/settings',
].map((view) => `/r/NAME${view}`);

const namespacePages = ['', '/-/members', '/-/robots', '/-/trash', '/-/settings', '/-/teams/release'].map(
  (view) => `/n/NAMESPACE${view}`,
);

describe.each(['anonymous', 'a stranger'] as const)('for %s', (who) => {
  it.each(repositoryPages)('a private %s is a page that does not exist', async (path) => {
    await expectAlike(path, who, { NAME: PRIVATE }, { NAME: ABSENT });
  });

  it.each(namespacePages)(
    '%s of a namespace with nothing to see is one that does not exist',
    async (path) => {
      await expectAlike(path, who, { NAMESPACE: PRIVATE_NAMESPACE }, { NAMESPACE: ABSENT_NAMESPACE });
    },
  );

  it.each([
    '',
    '/health',
    '/users',
    '/namespaces',
    '/tokens',
    '/robots',
    '/audit',
    '/storage',
    '/gc',
    '/jobs',
  ])('/admin%s is a page that does not exist', async (path) => {
    const cookie = cookies[who];
    const page = await fetchPage(site.origin, `/admin${path}`, { cookie, hide: 'admin' });
    const absent = await fetchPage(site.origin, `/nonsense${path}`, { cookie, hide: 'nonsense' });
    expect(page.status).toBe(404);
    expect(page).toEqual(absent);
  });
});

it('shows the owner all of it, and lets no cache keep it', async () => {
  const paths = [...repositoryPages, ...namespacePages.slice(0, 5)]
    .map((path) => path.replace('NAMESPACE', PRIVATE_NAMESPACE).replace('NAME', PRIVATE))
    .concat('/', '/explore', '/settings/tokens', '/trash', '/new', '/login');
  for (const path of paths) {
    const page = await fetchPage(site.origin, path, { cookie: cookies['the owner'] });
    expect([path, page.status, page.headers['cache-control']]).toEqual([
      path,
      path === '/login' ? 307 : 200,
      'private, no-store',
    ]);
  }
});

/** The same status, headers and body, apart from the name that was asked for; from within the app as well. */
async function expectAlike(
  path: string,
  who: 'anonymous' | 'a stranger',
  there: Record<string, string>,
  absent: Record<string, string>,
): Promise<void> {
  const answersTo = (headers: Record<string, string>) =>
    Promise.all(
      [there, absent].flatMap(Object.entries<string>).map(([placeholder, name]) => {
        const hide = name.split('/').at(-1)!;
        const address = path.replace(placeholder, name);
        return fetchPage(site.origin, address, { cookie: cookies[who], headers, hide });
      }),
    );
  const [visited, none] = await answersTo({});
  expect(visited!.status).toBe(404);
  expect(visited).toEqual(none);
  const [asked, askedForAbsent] = await answersTo({ RSC: '1' });
  expect(asked!.body).toContain('NEXT_HTTP_ERROR_FALLBACK;404');
  expect(asked).toEqual(askedForAbsent);
}
