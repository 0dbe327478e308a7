import { isInstanceAdmin } from '../account-model.js';
import { counts } from '../model.js';
import { absentDigest, apiPresentations, type Probe, split, statusAndAbsence, withBody } from './probe.js';

const absent = '404 There is nothing here.';

/** Absent for everybody but an instance admin. */
function adminProbe(route: string, granted: string, body?: unknown): Probe {
  const [method, path] = split(route);
  return {
    route,
    presentations: apiPresentations,
    request: () => ({
      method,
      path:
        path
          .replace(':username', 'nobody')
          .replace(':job', 'no-job')
          .replace(':digest', absentDigest)
          .replace(':id', '999999999') + queryOf(route),
      ...withBody(body),
    }),
    expected: (world, asker) => {
      if (!counts(world, asker)) return '401';
      return isInstanceAdmin(world, asker) ? granted : absent;
    },
    seen: statusAndAbsence,
  };
}

function queryOf(route: string): string {
  return route === 'DELETE /api/v1/admin/users/:username' ? '?owner=ann' : '';
}

const noJob = '404 There is no such job.';
const noUser = '404 There is no such user.';
const noLimits = { maxBytes: null, maxRepositories: null };
const ids = { ids: ['999999999'] };

export const administrationProbes: readonly Probe[] = [
  adminProbe('GET /api/v1/admin/audit', '200'),
  adminProbe('GET /api/v1/admin/users', '200'),
  adminProbe('GET /api/v1/admin/users/:username', noUser),
  adminProbe('PATCH /api/v1/admin/users/:username', noUser, {}),
  adminProbe('DELETE /api/v1/admin/users/:username', noUser),
  adminProbe('POST /api/v1/admin/users/:username/password-resets', noUser),
  adminProbe('GET /api/v1/admin/access-tokens', '200'),
  adminProbe('POST /api/v1/admin/access-tokens/revocations', '200', ids),
  adminProbe('DELETE /api/v1/admin/access-tokens/:id', '404 There is no such access token.'),
  adminProbe('GET /api/v1/admin/storage', '200'),
  adminProbe('GET /api/v1/admin/gc', '200'),
  adminProbe('POST /api/v1/admin/gc', '400', { graceSeconds: -1 }),
  adminProbe('GET /api/v1/admin/blobs/:digest', '404 There is no such blob.'),
  adminProbe('GET /api/v1/admin/jobs', '200'),
  adminProbe('GET /api/v1/admin/jobs/:job', noJob),
  adminProbe('GET /api/v1/admin/jobs/:job/runs', noJob),
  adminProbe('POST /api/v1/admin/jobs/:job/run', noJob),
  adminProbe('POST /api/v1/admin/jobs/:job/cancel', noJob),
  adminProbe('GET /api/v1/admin/namespaces', '200'),
  adminProbe('GET /api/v1/admin/quotas', '200'),
  adminProbe('PUT /api/v1/admin/quotas/instance', '200', noLimits),
  adminProbe('PUT /api/v1/admin/quotas/namespaces/:namespace', '404 There is no such namespace.', noLimits),
  adminProbe('GET /api/v1/admin/robots', '200'),
  adminProbe('POST /api/v1/admin/robots/revocations', '200', ids),
  adminProbe('DELETE /api/v1/admin/robots/:id', '404 There is no such robot.'),
];
