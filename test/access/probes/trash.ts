import { mayInNamespace } from '../account-model.js';
import { deletedRepository } from '../arbitrary-world.js';
import { counts } from '../model.js';
import { apiPresentations, type Probe, split, statusAndAbsence, withBody } from './probe.js';

/** What is in trash shows itself to who may restore it. */
const listProbe: Probe = {
  route: 'GET /api/v1/trash',
  presentations: apiPresentations,
  request: () => ({ method: 'GET', path: '/api/v1/trash?limit=100' }),
  expected: (world, asker) => {
    if (!counts(world, asker) || asker.kind === 'anonymous') return '401';
    const listed = world.organizations.filter(({ name }) => mayInNamespace(world, asker, 'restore', name));
    return `200 ${listed
      .map(({ name }) => deletedRepository(name))
      .sort()
      .join(' ')}`;
  },
  seen: (status, body) => {
    if (status !== 200) return String(status);
    const names = JSON.parse(body).items.map(({ name }: { name: string }) => name);
    return `200 ${names.sort().join(' ')}`;
  },
};

function changeProbe(route: string, body: unknown): Probe {
  const [method, template] = split(route);
  return {
    route,
    presentations: apiPresentations,
    request: () => ({ method, path: template.replace(':id', '999999999'), ...withBody(body) }),
    expected: (world, asker) => {
      if (!counts(world, asker) || asker.kind === 'anonymous') return '401';
      return '404 There is no such thing in trash, or you may not restore it.';
    },
    seen: statusAndAbsence,
  };
}

export const trashProbes: readonly Probe[] = [
  listProbe,
  changeProbe('POST /api/v1/trash/repositories/:id/restore', {}),
  changeProbe('POST /api/v1/trash/repositories/:id/purge', { name: 'acme/app' }),
  changeProbe('POST /api/v1/trash/namespaces/:id/restore', undefined),
  changeProbe('POST /api/v1/trash/namespaces/:id/purge', { name: 'acme' }),
];
