import { type Asker, counts, may, mayCreate, type WorldModel } from '../model.js';
import type { Probe } from './probe.js';

/** What the token service grants for a repository. */
function granted(world: WorldModel, asker: Asker, repository: string): string {
  if (!counts(world, asker)) return '401';
  if (mayCreate(world, asker, repository)) return '200 pull,push';
  const actions = (['pull', 'push', 'delete'] as const).filter((action) =>
    may(world, asker, action, repository),
  );
  return `200 ${actions.join(',')}`;
}

function seen(status: number, body: string): string {
  if (status !== 200) return String(status);
  const [, claims] = (JSON.parse(body).token as string).split('.');
  const { access } = JSON.parse(Buffer.from(claims!, 'base64url').toString());
  return `200 ${access[0].actions.join(',')}`;
}

const scopeOf = (repository: string) => `repository:${repository}:pull,push,delete`;

/** The token service, both ways. */
export const tokenProbes: readonly Probe[] = [
  {
    route: 'GET /token',
    presentations: ['none', 'basic'],
    request: ({ repository }) => ({ method: 'GET', path: `/token?scope=${scopeOf(repository)}` }),
    expected: (world, asker, _presentation, repository) => granted(world, asker, repository),
    seen,
  },
  {
    route: 'POST /token',
    presentations: ['form'],
    request: ({ repository, credentials }) => ({
      method: 'POST',
      path: '/token',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({
        grant_type: 'password',
        scope: scopeOf(repository),
        ...credentials,
      }).toString(),
    }),
    expected: (world, asker, _presentation, repository) => granted(world, asker, repository),
    seen,
  },
];
