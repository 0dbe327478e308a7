import { hasWholeAccount, isInstanceAdmin } from '../account-model.js';
import { type Asker, counts, limitsOf, ownerOf, type WorldModel } from '../model.js';
import { apiPresentations, type Probe, split, statusAndAbsence, withBody } from './probe.js';

type Answer = (world: WorldModel, asker: Asker) => string | undefined;

function accountProbe(
  route: string,
  answer: Answer,
  body?: unknown,
  seen: Probe['seen'] = statusAndAbsence,
): Probe {
  const [method, template] = split(route);
  return {
    route,
    presentations: apiPresentations,
    request: ({ accessTokenId }) => ({
      method,
      path: template
        .replace('access-tokens/:id', `access-tokens/${accessTokenId}`)
        .replace(':id', '999999999'),
      ...withBody(body),
    }),
    expected: (world, asker) =>
      counts(world, asker) && asker.kind !== 'anonymous' ? answer(world, asker) : '401',
    seen,
  };
}

/** What is about the asker's own account. */
function ownProbe(route: string, granted: string | undefined, body?: unknown): Probe {
  return accountProbe(route, (world, asker) => (hasWholeAccount(world, asker) ? granted : '403'), body);
}

function isOwnToken(world: WorldModel, asker: Asker): boolean {
  const [first] = world.tokens;
  if (!first || first.isRevoked || (asker.kind !== 'user' && asker.kind !== 'token')) return false;
  return first.owner === ownerOf(world, asker);
}

function ownTokens(world: WorldModel, asker: Asker): number {
  if (asker.kind !== 'user' && asker.kind !== 'token') return 0;
  const user = ownerOf(world, asker);
  return world.tokens.filter(({ owner, isRevoked }) => owner === user && !isRevoked).length;
}

function mayMakeTokens(world: WorldModel, asker: Asker): boolean {
  return asker.kind !== 'robot' && (limitsOf(world, asker)?.scopes.includes('admin') ?? true);
}

function onToken(granted: string | undefined): Answer {
  return (world, asker) => {
    if (!hasWholeAccount(world, asker)) return '403';
    return isOwnToken(world, asker) ? granted : noToken;
  };
}

const noToken = '404 You have no such access token.';
const past = '2020-01-01T00:00:00Z';

export const accountProbes: readonly Probe[] = [
  accountProbe(
    'GET /api/v1/me',
    (_world, asker) => (asker.kind === 'robot' ? '200 robot' : '200 user'),
    undefined,
    (status, body) => (status === 200 ? `200 ${JSON.parse(body).kind}` : String(status)),
  ),
  ownProbe('PATCH /api/v1/me', '200', {}),
  ownProbe('GET /api/v1/sessions', '200'),
  ownProbe('DELETE /api/v1/sessions', undefined),
  ownProbe('DELETE /api/v1/sessions/current', undefined),
  ownProbe('PUT /api/v1/me/password', undefined, { oldPassword: 'x', newPassword: 'y' }),
  accountProbe('DELETE /api/v1/sessions/:id', (world, asker) =>
    hasWholeAccount(world, asker) ? '404 There is nothing here.' : '403',
  ),
  ownProbe('POST /api/v1/namespaces', '409', { name: 'acme' }),
  accountProbe(
    'POST /api/v1/users',
    (world, asker) => (isInstanceAdmin(world, asker) ? '409' : '403'),
    { username: 'ann' },
    (status) => String(status),
  ),
  accountProbe(
    'GET /api/v1/access-tokens',
    (world, asker) => (hasWholeAccount(world, asker) ? `200 ${ownTokens(world, asker)}` : '403'),
    undefined,
    (status, body) => (status === 200 ? `200 ${JSON.parse(body).items.length}` : String(status)),
  ),
  accountProbe(
    'POST /api/v1/access-tokens',
    (world, asker) => (mayMakeTokens(world, asker) ? '400' : '403'),
    { name: 'new', scopes: ['repository:read'], expiresAt: past },
  ),
  accountProbe('GET /api/v1/access-tokens/:id', onToken('200')),
  accountProbe(
    'POST /api/v1/access-tokens/:id/rotate',
    (world, asker) => {
      if (!mayMakeTokens(world, asker)) return '403';
      return isOwnToken(world, asker) ? undefined : noToken;
    },
    {},
  ),
  accountProbe('DELETE /api/v1/access-tokens/:id', onToken(undefined)),
  ownProbe('GET /api/v1/me/identities', '200'),
  accountProbe('POST /api/v1/me/identities/:provider', (world, asker) => {
    if (!hasWholeAccount(world, asker)) return '403';
    return asker.kind === 'user' ? undefined : '403';
  }),
  ownProbe('DELETE /api/v1/me/identities/:provider', '404 Your account is not linked with ":provider".'),
];
