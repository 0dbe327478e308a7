import { namespacesOf, roleIn, seesNamespace } from '../account-model.js';
import { type Asker, counts, visible, type WorldModel } from '../model.js';
import { apiPresentations, type Presentation, type Probe, split } from './probe.js';

interface ListOptions {
  name?: string;
  presentations: readonly Presentation[];
  scope?: string;
  namesOf: (body: string) => string[];
  /** The visible repositories unless said otherwise. */
  listed?: (world: WorldModel, asker: Asker) => string[];
}

function listProbe(
  route: string,
  query: string,
  { name, presentations, scope, namesOf, listed = visible }: ListOptions,
): Probe {
  const [method, path] = split(route);
  return {
    route,
    name,
    presentations,
    request: () => ({ method, path: path + query, scope }),
    expected: (world, asker) =>
      counts(world, asker) ? `200 ${listed(world, asker).sort().join(' ')}` : '401',
    seen: (status, body) => (status === 200 ? `200 ${namesOf(body).sort().join(' ')}` : String(status)),
  };
}

interface Named {
  name: string;
}

const items = (body: string) => JSON.parse(body).items.map(({ name }: Named) => name);
const api = { presentations: apiPresentations, namesOf: items };

/** Every list that holds what the asker sees, and nothing else. */
export const listProbes: readonly Probe[] = [
  listProbe('GET /v2/_catalog', '', {
    presentations: ['basic', 'bearer'],
    scope: 'registry:catalog:*',
    namesOf: (body) => JSON.parse(body).repositories,
  }),
  listProbe('GET /v1/search', '?q=&n=100', {
    presentations: ['none', 'basic'],
    namesOf: (body) => JSON.parse(body).results.map(({ name }: Named) => name),
  }),
  listProbe('GET /api/v1/repositories', '?limit=100', api),
  listProbe('GET /api/v1/search', '?limit=100', { ...api, name: 'everything' }),
  listProbe('GET /api/v1/search', '?limit=100&q=a', {
    ...api,
    name: 'words',
    listed: (world, asker) => visible(world, asker).filter((name) => /(^|\/)a/.test(name)),
  }),
  listProbe('GET /api/v1/search/suggestions', '?q=app', {
    ...api,
    listed: (world, asker) => visible(world, asker).filter((name) => name.includes('app')),
  }),
  listProbe('GET /api/v1/namespaces', '?limit=100&all=true', {
    ...api,
    name: 'all',
    listed: (world, asker) => namespacesOf(world).filter((name) => seesNamespace(world, asker, name)),
  }),
  listProbe('GET /api/v1/namespaces', '?limit=100', {
    ...api,
    name: 'own',
    listed: (world, asker) =>
      namespacesOf(world).filter(
        (name) => seesNamespace(world, asker, name) && roleIn(world, asker, name) !== undefined,
      ),
  }),
];
