import { type Action, type Asker, counts, may, mayCreate, visible, type WorldModel } from './model.js';

/** How a request shows who asks. */
export type Presentation = 'none' | 'basic' | 'bearer';

export interface Request {
  method: string;
  path: string;
  /** What a bearer asks the token service for. */
  scope?: string;
  body?: string;
  headers?: Record<string, string>;
}

/** One route of Berth, with what the model says that it answers. */
export interface Probe {
  /** As the routes are declared, `GET /v2/*name/tags/list`. */
  route: string;
  presentations: readonly Presentation[];
  request(repository: string): Request;
  /** Status, and where that does not tell enough the error's code or the names listed. Undefined: it would change the world. */
  expected(
    world: WorldModel,
    asker: Asker,
    presentation: Presentation,
    repository: string,
  ): string | undefined;
  /** What the answer was, in the terms of `expected`. */
  seen(status: number, body: string): string;
}

const digest = `sha256:${'a'.repeat(64)}`;
const json = { 'content-type': 'application/json' };

function registryProbe(
  route: string,
  action: 'pull' | 'push' | 'delete',
  granted: string,
  request: Omit<Request, 'method' | 'path'> = {},
): Probe {
  const [method, template] = route.split(' ') as [string, string];
  const fill = (repository: string) =>
    template
      .replace('*name', repository)
      .replace(':digest', digest)
      .replace(':reference', 'none')
      .replace(':upload', upload);
  return {
    route,
    presentations: ['none', 'basic', 'bearer'],
    request: (repository) => ({
      method,
      path: fill(repository),
      scope: `repository:${repository}:pull,push,delete`,
      ...request,
    }),
    expected: (world, asker, presentation, repository) =>
      registryAnswer(world, asker, presentation, repository, action, granted),
    seen: (status, body) =>
      method === 'HEAD' || status < 400 ? String(status) : `${status} ${codeOf(body)}`,
  };
}

const upload = '00000000-0000-4000-8000-000000000000';

/** The table of the design, "Who may do what". */
function registryAnswer(
  world: WorldModel,
  asker: Asker,
  presentation: Presentation,
  repository: string,
  action: Action,
  granted: string,
): string | undefined {
  if (!counts(world, asker)) return '401 UNAUTHORIZED';
  if (may(world, asker, action, repository)) return granted;
  if (mayCreate(world, asker, repository)) {
    if (action === 'push') return undefined;
    return action === 'delete' && presentation === 'bearer'
      ? '401 UNAUTHORIZED'
      : granted === '200'
        ? undefined
        : '404 NAME_UNKNOWN';
  }
  if (presentation !== 'basic') return '401 UNAUTHORIZED';
  return may(world, asker, 'pull', repository) ? '403 DENIED' : '404 NAME_UNKNOWN';
}

function apiProbe(route: string, action: Action, granted: string, body?: unknown): Probe {
  const [method, template] = route.split(' ') as [string, string];
  return {
    route,
    presentations: ['none', 'basic'],
    request: (repository) => ({
      method,
      path: template.replace(':name', encodeURIComponent(repository)),
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: json }),
    }),
    expected: (world, asker, _presentation, repository) => {
      if (!counts(world, asker)) return '401';
      if (!may(world, asker, 'pull', repository)) return '404';
      if (may(world, asker, action, repository)) return granted;
      return asker.kind === 'anonymous' ? '401' : '403';
    },
    seen: (status) => String(status),
  };
}

function listProbe(
  route: string,
  presentations: readonly Presentation[],
  scope: string | undefined,
  namesOf: (body: string) => string[],
): Probe {
  const [method, path] = route.split(' ') as [string, string];
  return {
    route: route.split('?')[0]!,
    presentations,
    request: () => ({ method, path, scope }),
    expected: (world, asker) => (counts(world, asker) ? `200 ${visible(world, asker).join(' ')}` : '401'),
    seen: (status, body) => (status === 200 ? `200 ${namesOf(body).sort().join(' ')}` : String(status)),
  };
}

export const probes: readonly Probe[] = [
  registryProbe('GET /v2/*name/tags/list', 'pull', '200'),
  registryProbe('GET /v2/*name/manifests/:reference', 'pull', '404 MANIFEST_UNKNOWN'),
  registryProbe('GET /v2/*name/blobs/:digest', 'pull', '404 BLOB_UNKNOWN'),
  registryProbe('GET /v2/*name/referrers/:digest', 'pull', '200'),
  registryProbe('PUT /v2/*name/manifests/:reference', 'push', '400 MANIFEST_INVALID', { body: 'not JSON' }),
  registryProbe('DELETE /v2/*name/manifests/:reference', 'delete', '404 MANIFEST_UNKNOWN'),
  registryProbe('DELETE /v2/*name/blobs/:digest', 'delete', '404 BLOB_UNKNOWN'),
  registryProbe('GET /v2/*name/blobs/uploads/:upload', 'push', '404 BLOB_UPLOAD_UNKNOWN'),
  registryProbe('PATCH /v2/*name/blobs/uploads/:upload', 'push', '404 BLOB_UPLOAD_UNKNOWN', { body: 'x' }),
  registryProbe('DELETE /v2/*name/blobs/uploads/:upload', 'push', '404 BLOB_UPLOAD_UNKNOWN'),
  apiProbe('GET /api/v1/repositories/:name', 'pull', '200'),
  apiProbe('PATCH /api/v1/repositories/:name', 'manage', '200', { description: 'changed' }),
  listProbe(
    'GET /v2/_catalog',
    ['basic', 'bearer'],
    'registry:catalog:*',
    (body) => JSON.parse(body).repositories,
  ),
  listProbe('GET /v1/search?q=&n=100', ['none', 'basic'], undefined, (body) => resultsOf(body)),
  listProbe('GET /api/v1/repositories?limit=100', ['none', 'basic'], undefined, (body) =>
    JSON.parse(body).items.map((item: { name: string }) => item.name),
  ),
];

function resultsOf(body: string): string[] {
  return JSON.parse(body).results.map((result: { name: string }) => result.name);
}

function codeOf(body: string): string {
  return JSON.parse(body).errors[0].code;
}
