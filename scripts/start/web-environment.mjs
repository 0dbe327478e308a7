/**
 * What the web app reads. It reaches the API over loopback, where a certificate for the public name cannot be checked,
 * unless somebody says where else.
 *
 * @param {import('../../apps/registry-api/src/env.js').Env} env
 * @param {NodeJS.ProcessEnv} environmentOfWorkers @param {number} port
 * @returns {NodeJS.ProcessEnv}
 */
export function webEnvironment(env, environmentOfWorkers, port) {
  const host = ['0.0.0.0', '::', 'localhost'].includes(env.host) ? '127.0.0.1' : env.host;
  const scheme = env.tls ? 'https' : 'http';
  const overTls = env.tls ? { NODE_TLS_REJECT_UNAUTHORIZED: '0', NODE_NO_WARNINGS: '1' } : {};
  const { PATH, HOME, TZ, LANG } = environmentOfWorkers;
  const { BERTH_API_URL, BERTH_PUBLIC_URL, BERTH_SIGNUP, BERTH_ANONYMOUS } = environmentOfWorkers;
  return {
    ...{ PATH, HOME, TZ, LANG, BERTH_PUBLIC_URL, BERTH_SIGNUP, BERTH_ANONYMOUS },
    ...overTls,
    BERTH_API_URL: BERTH_API_URL ?? `${scheme}://${host.includes(':') ? `[${host}]` : host}:${port}`,
  };
}
