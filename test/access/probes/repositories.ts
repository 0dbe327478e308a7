import { hasWholeAccount } from '../account-model.js';
import { type Action, counts, may, mayCreate } from '../model.js';
import { absentDigest, apiPresentations, type Probe, split, statusAndAbsence, withBody } from './probe.js';

const absent = '404 There is no such repository, or you may not read it.';

/** `granted` undefined: it would change the world. */
function repositoryProbe(route: string, action: Action, granted: string | undefined, body?: unknown): Probe {
  const [method, template] = split(route);
  return {
    route,
    presentations: apiPresentations,
    request: ({ repository }) => ({
      method,
      path: template
        .replace(':name', encodeURIComponent(repository))
        .replace(/:(username|team|robot|tag)$/, 'nobody')
        .replace(':digest', absentDigest)
        .replace(':id', '999999999'),
      ...withBody(body),
    }),
    expected: (world, asker, _presentation, repository) => {
      if (!counts(world, asker)) return '401';
      if (!may(world, asker, 'pull', repository)) return absent;
      if (may(world, asker, action, repository))
        return granted?.replace('{namespace}', repository.split('/')[0]!).replace('{name}', repository);
      return asker.kind === 'anonymous' ? '401' : '403';
    },
    seen: statusAndAbsence,
  };
}

/** A name that is taken by what the asker may not see answers as one in a namespace that is not the asker's. */
const creationProbe: Probe = {
  route: 'POST /api/v1/repositories',
  presentations: apiPresentations,
  request: ({ repository }) => ({
    method: 'POST',
    path: '/api/v1/repositories',
    ...withBody({ name: repository }),
  }),
  expected: (world, asker, _presentation, repository) => {
    if (!counts(world, asker) || asker.kind === 'anonymous') return '401';
    if (mayCreate(world, asker, repository)) return undefined;
    return may(world, asker, 'pull', repository) ? '409' : '403';
  },
  seen: (status) => String(status),
};

/** A star is somebody's own, who reads the repository. */
function starProbe(route: string): Probe {
  return {
    ...repositoryProbe(route, 'pull', '204'),
    expected: (world, asker, _presentation, repository) => {
      if (!counts(world, asker) || asker.kind === 'anonymous') return '401';
      if (!hasWholeAccount(world, asker)) return '403';
      return may(world, asker, 'pull', repository) ? '204' : absent;
    },
  };
}

const noManifest = (reference: string) => `404 {name} has no "${reference}" (any more).`;
const comparison = repositoryProbe('GET /api/v1/repositories/:name/compare', 'pull', noManifest('nobody'));
const comparisonProbe: Probe = {
  ...comparison,
  request: (target) => {
    const request = comparison.request(target);
    return { ...request, path: `${request.path}?a=nobody&b=${absentDigest}` };
  },
};
const noEntry = '404 There is no such entry in the trash of {name}.';
const grants = '/api/v1/repositories/:name/grants';
const reader = { role: 'reader' };
const noGrantee = (kind: string, name = 'nobody') =>
  `404 There is no ${kind} "${name}", or none that may be named here.`;
const noGrant = (kind: string, name = 'nobody') => `404 There is no grant to ${kind} "${name}".`;

export const repositoryProbes: readonly Probe[] = [
  creationProbe,
  repositoryProbe('GET /api/v1/repositories/:name', 'pull', '200'),
  repositoryProbe('GET /api/v1/repositories/:name/tags', 'pull', '200'),
  repositoryProbe('GET /api/v1/repositories/:name/pulls', 'pull', '200'),
  repositoryProbe('GET /api/v1/repositories/:name/tags/:tag', 'pull', noManifest('nobody')),
  repositoryProbe('GET /api/v1/repositories/:name/manifests/:digest', 'pull', noManifest(absentDigest)),
  comparisonProbe,
  repositoryProbe(
    'DELETE /api/v1/repositories/:name/tags/:tag',
    'delete',
    '404 {name} has no tag "nobody" (any more).',
  ),
  repositoryProbe(
    'DELETE /api/v1/repositories/:name/manifests/:digest',
    'delete',
    `404 {name} has no manifest ${absentDigest} (any more).`,
  ),
  repositoryProbe('GET /api/v1/repositories/:name/activity', 'pull', '200'),
  repositoryProbe(
    'POST /api/v1/repositories/:name/activity/:id/restore',
    'push',
    '404 There is no such entry in the activity of this repository.',
  ),
  repositoryProbe('GET /api/v1/repositories/:name/trash', 'delete', '200'),
  repositoryProbe('POST /api/v1/repositories/:name/trash/:id/restore', 'delete', noEntry),
  repositoryProbe('POST /api/v1/repositories/:name/trash/:id/purge', 'delete', noEntry, {
    digest: absentDigest,
  }),
  repositoryProbe('GET /api/v1/repositories/:name/lifecycle', 'manage', '200'),
  repositoryProbe('GET /api/v1/repositories/:name/lifecycle/coverage', 'manage', '200'),
  repositoryProbe('PUT /api/v1/repositories/:name/lifecycle', 'manage', '200', {}),
  repositoryProbe('POST /api/v1/repositories/:name/retention/preview', 'manage', '409', {}),
  repositoryProbe('GET /api/v1/repositories/:name/retention/runs', 'manage', '200'),
  repositoryProbe(
    'POST /api/v1/repositories/:name/retention/runs/:id/restore',
    'delete',
    '404 There is no such run of retention in {name}.',
  ),
  repositoryProbe('POST /api/v1/repositories/:name/retention/run', 'delete', '409'),
  starProbe('PUT /api/v1/repositories/:name/star'),
  starProbe('DELETE /api/v1/repositories/:name/star'),
  repositoryProbe('PATCH /api/v1/repositories/:name', 'manage', '200', { description: 'changed' }),
  {
    ...repositoryProbe('PATCH /api/v1/repositories/:name', 'administer', undefined, {
      visibility: 'private',
    }),
    name: 'visibility',
  },
  repositoryProbe('DELETE /api/v1/repositories/:name', 'delete', undefined),
  repositoryProbe(`GET ${grants}`, 'administer', '200'),
  repositoryProbe(`PUT ${grants}/:username`, 'administer', '404 There is no user "nobody".', reader),
  repositoryProbe(`DELETE ${grants}/:username`, 'administer', noGrant('user')),
  repositoryProbe(`PUT ${grants}/teams/:team`, 'administer', noGrantee('team'), reader),
  repositoryProbe(`DELETE ${grants}/teams/:team`, 'administer', noGrant('team')),
  repositoryProbe(
    `PUT ${grants}/robots/:robot`,
    'administer',
    noGrantee('robot', 'robot+{namespace}+nobody'),
    reader,
  ),
  repositoryProbe(
    `DELETE ${grants}/robots/:robot`,
    'administer',
    noGrant('robot', 'robot+{namespace}+nobody'),
  ),
];
