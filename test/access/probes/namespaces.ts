import {
  mayInNamespace,
  type NamespaceAction,
  roleIn,
  seesNamespace,
  visibleCount,
} from '../account-model.js';
import { counts, type WorldModel } from '../model.js';
import { apiPresentations, type Probe, split, statusAndAbsence, withBody } from './probe.js';

const absent = '404 There is no such namespace, or you are no member of it.';

/** What who may do it is answered; undefined: it would change the world. */
type Granted = string | ((world: WorldModel, namespace: string) => string | undefined);

function namespaceProbe(route: string, action: NamespaceAction, granted: Granted, body?: unknown): Probe {
  const [method, template] = split(route);
  return {
    route,
    presentations: apiPresentations,
    request: ({ namespace }) => ({
      method,
      path: template.replace(':namespace', namespace).replace(/:(username|team|robot)/g, 'nobody'),
      ...withBody(body),
    }),
    expected: (world, asker, _presentation, repository) => {
      const namespace = repository.split('/')[0]!;
      if (!counts(world, asker) || asker.kind === 'anonymous') return '401';
      if (!mayInNamespace(world, asker, 'view', namespace)) return absent;
      if (!mayInNamespace(world, asker, action, namespace)) return '403';
      if (typeof granted !== 'string') return granted(world, namespace);
      return granted.replace('{namespace}', namespace);
    },
    seen: statusAndAbsence,
  };
}

/** A namespace shows its members how it stands, and others who see a repository in it its bare name. */
const findProbe: Probe = {
  route: 'GET /api/v1/namespaces/:namespace',
  presentations: apiPresentations,
  request: ({ namespace }) => ({ method: 'GET', path: `/api/v1/namespaces/${namespace}` }),
  expected: (world, asker, _presentation, repository) => {
    const namespace = repository.split('/')[0]!;
    if (!counts(world, asker)) return '401';
    if (!seesNamespace(world, asker, namespace)) return '404';
    const isInside = mayInNamespace(world, asker, 'view', namespace);
    const role = isInside ? (roleIn(world, asker, namespace) ?? null) : null;
    return `200 ${visibleCount(world, asker, namespace)} ${role} ${isInside ? 'inside' : 'outside'}`;
  },
  seen: (status, body) => {
    if (status !== 200) return String(status);
    const { repositoryCount, role, createdAt } = JSON.parse(body);
    return `200 ${repositoryCount} ${role} ${createdAt === null ? 'outside' : 'inside'}`;
  },
};

/** A user's own namespace stays. */
function whatStandsInTheWay(world: WorldModel, namespace: string): string | undefined {
  return world.users.some(({ name }) => name === namespace) ? '409' : undefined;
}

const namespace = '/api/v1/namespaces/:namespace';
const noTeam = '404 "{namespace}" has no team "nobody".';
const noRobot = '404 "{namespace}" has no robot "nobody".';
const group = { provider: 'corp', group: 'nobody' };
const past = '2020-01-01T00:00:00Z';

export const namespaceProbes: readonly Probe[] = [
  findProbe,
  namespaceProbe(`PATCH ${namespace}`, 'administer', '200', {}),
  namespaceProbe(`DELETE ${namespace}`, 'administer', whatStandsInTheWay),
  namespaceProbe(`GET ${namespace}/usage`, 'view', '200'),
  namespaceProbe(`GET ${namespace}/lifecycle`, 'administer', '200'),
  namespaceProbe(`PUT ${namespace}/lifecycle`, 'administer', '200', {}),
  namespaceProbe(`GET ${namespace}/members`, 'inspect', '200'),
  namespaceProbe(`PUT ${namespace}/members/:username`, 'administer', '404 There is no user "nobody".', {
    role: 'reader',
  }),
  namespaceProbe(
    `DELETE ${namespace}/members/:username`,
    'administer',
    '404 "nobody" is no member of "{namespace}".',
  ),
  namespaceProbe(`GET ${namespace}/teams`, 'inspect', '200'),
  namespaceProbe(
    `POST ${namespace}/teams`,
    'administer',
    (world, name) => (world.teams.some((team) => team.organization === name) ? '409' : undefined),
    { name: 'core' },
  ),
  namespaceProbe(`GET ${namespace}/teams/:team`, 'inspect', noTeam),
  namespaceProbe(`PATCH ${namespace}/teams/:team`, 'administer', noTeam, {}),
  namespaceProbe(`DELETE ${namespace}/teams/:team`, 'administer', noTeam),
  namespaceProbe(`GET ${namespace}/teams/:team/members`, 'inspect', noTeam),
  namespaceProbe(
    `PUT ${namespace}/teams/:team/members/:username`,
    'administer',
    '404 "{namespace}" has no team "nobody" or no member "nobody": teams are made of members.',
  ),
  namespaceProbe(
    `DELETE ${namespace}/teams/:team/members/:username`,
    'administer',
    '404 There is no member "nobody" of a team "nobody".',
  ),
  namespaceProbe(`GET ${namespace}/teams/:team/groups`, 'inspect', noTeam),
  namespaceProbe(`PUT ${namespace}/teams/:team/groups`, 'administer', noTeam, group),
  {
    ...namespaceProbe(`DELETE ${namespace}/teams/:team/groups`, 'administer', noTeam),
    request: ({ namespace: name }) => ({
      method: 'DELETE',
      path: `/api/v1/namespaces/${name}/teams/nobody/groups?${new URLSearchParams(group)}`,
    }),
  },
  namespaceProbe(`GET ${namespace}/robots`, 'administer', '200'),
  namespaceProbe(`POST ${namespace}/robots`, 'administer', '400', {
    name: 'new',
    scopes: ['repository:read'],
    expiresAt: past,
  }),
  namespaceProbe(`GET ${namespace}/robots/:robot`, 'administer', noRobot),
  namespaceProbe(`PATCH ${namespace}/robots/:robot`, 'administer', noRobot, {}),
  namespaceProbe(`POST ${namespace}/robots/:robot/rotate`, 'administer', noRobot, {}),
  namespaceProbe(`DELETE ${namespace}/robots/:robot`, 'administer', noRobot),
];
