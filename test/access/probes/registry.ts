import { type Action, type Asker, counts, may, mayCreate, type WorldModel } from '../model.js';
import { absentDigest, digestOf, type Presentation, type Probe, type Request, split } from './probe.js';

const upload = '00000000-0000-4000-8000-000000000000';

function registryProbe(
  route: string,
  action: 'pull' | 'push' | 'delete',
  granted: string,
  request: Omit<Request, 'method' | 'path'> & { query?: string } = {},
): Probe {
  const [method, template] = split(route);
  const { query = '', ...rest } = request;
  return {
    route,
    presentations: ['none', 'basic', 'bearer'],
    request: ({ repository }) => ({
      method,
      path: fill(template, repository) + query,
      scope: `repository:${repository}:pull,push,delete`,
      ...rest,
    }),
    expected: (world, asker, presentation, repository) => {
      const answer = registryAnswer(world, asker, presentation, repository, action, granted);
      if (answer === '404 NAME_UNKNOWN' && isEmptyBeforeCreation(route)) {
        return mayCreate(world, asker, repository) ? granted : answer;
      }
      return method === 'HEAD' ? answer?.split(' ')[0] : answer;
    },
    seen: (status, body) =>
      method === 'HEAD' || status < 400 ? String(status) : `${status} ${codeOf(body)}`,
  };
}

/** The conformance suite wants an empty list from who is about to push there. */
function isEmptyBeforeCreation(route: string): boolean {
  return route === 'GET /v2/*name/referrers/:digest';
}

function fill(template: string, repository: string): string {
  return template
    .replace('*name', repository)
    .replace(':digest', absentDigest)
    .replace(':reference', 'none')
    .replace(':upload', upload);
}

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
    return action === 'delete' && presentation === 'bearer' ? '401 UNAUTHORIZED' : '404 NAME_UNKNOWN';
  }
  if (presentation !== 'basic') return '401 UNAUTHORIZED';
  return may(world, asker, 'pull', repository) ? '403 DENIED' : '404 NAME_UNKNOWN';
}

/** What a mount answers tells whether the asker may pull from there: 201, or 202 as any upload that begins. */
function mountProbe(name: string, source: string, isNamed: boolean): Probe {
  return {
    route: 'POST /v2/*name/blobs/uploads',
    name,
    presentations: ['none', 'basic', 'bearer'],
    request: ({ repository }) => ({
      method: 'POST',
      path: `/v2/${repository}/blobs/uploads/?mount=${digestOf(source)}${isNamed ? `&from=${source}` : ''}`,
      scope: `repository:${repository}:pull,push repository:${source}:pull`,
    }),
    expected: (world, asker, presentation, repository) => {
      const granted = may(world, asker, 'pull', source) ? '201' : '202';
      return registryAnswer(world, asker, presentation, repository, 'push', granted);
    },
    seen: (status, body) => (status < 400 ? String(status) : `${status} ${codeOf(body)}`),
  };
}

const baseProbe: Probe = {
  route: 'GET /v2',
  presentations: ['none', 'basic', 'bearer'],
  request: () => ({ method: 'GET', path: '/v2/', scope: '' }),
  expected: (world, asker, presentation) => (counts(world, asker) && presentation !== 'none' ? '200' : '401'),
  seen: (status) => String(status),
};

export const registryProbes: readonly Probe[] = [
  baseProbe,
  registryProbe('GET /v2/*name/tags/list', 'pull', '200'),
  registryProbe('GET /v2/*name/manifests/:reference', 'pull', '404 MANIFEST_UNKNOWN'),
  registryProbe('HEAD /v2/*name/manifests/:reference', 'pull', '404'),
  registryProbe('GET /v2/*name/blobs/:digest', 'pull', '404 BLOB_UNKNOWN'),
  registryProbe('HEAD /v2/*name/blobs/:digest', 'pull', '404'),
  registryProbe('GET /v2/*name/referrers/:digest', 'pull', '200'),
  registryProbe('PUT /v2/*name/manifests/:reference', 'push', '400 MANIFEST_INVALID', { body: 'not JSON' }),
  registryProbe('DELETE /v2/*name/manifests/:reference', 'delete', '404 MANIFEST_UNKNOWN'),
  registryProbe('DELETE /v2/*name/blobs/:digest', 'delete', '404 BLOB_UNKNOWN'),
  registryProbe('POST /v2/*name/blobs/uploads', 'push', '202'),
  mountProbe('from a named repository', 'acme/app', true),
  mountProbe('from anywhere', 'ann/site', false),
  registryProbe('GET /v2/*name/blobs/uploads/:upload', 'push', '404 BLOB_UPLOAD_UNKNOWN'),
  registryProbe('PATCH /v2/*name/blobs/uploads/:upload', 'push', '404 BLOB_UPLOAD_UNKNOWN', { body: 'x' }),
  registryProbe('PUT /v2/*name/blobs/uploads/:upload', 'push', '404 BLOB_UPLOAD_UNKNOWN', {
    query: `?digest=${absentDigest}`,
  }),
  registryProbe('DELETE /v2/*name/blobs/uploads/:upload', 'push', '404 BLOB_UPLOAD_UNKNOWN'),
];

function codeOf(body: string): string {
  return JSON.parse(body).errors[0].code;
}
