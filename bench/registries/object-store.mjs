// A MinIO of the bench's own, the same for all registries.
import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { Client as Minio } from 'minio';
import { until } from '../../scripts/start/conditions.mjs';
import { freePort } from '../../scripts/start/ports.mjs';
import { toolPath } from '../../scripts/tools/tools.mjs';
import { onInterrupt } from './interrupts.mjs';

const KEYS = { accessKey: 'bench-access-key', secretKey: 'bench-secret-key' };

/** @param {string} directory */
export async function startObjectStore(directory) {
  const data = path.join(directory, 'minio');
  mkdirSync(data, { recursive: true });
  const port = await freePort();
  const child = spawn(toolPath('minio'), ['server', '--quiet', '--address', `127.0.0.1:${port}`, data], {
    env: {
      PATH: process.env.PATH,
      HOME: directory,
      MINIO_ROOT_USER: KEYS.accessKey,
      MINIO_ROOT_PASSWORD: KEYS.secretKey,
    },
    stdio: 'ignore',
  });
  onInterrupt(() => child.kill('SIGTERM'));
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const endpoint = `http://127.0.0.1:${port}`;
  const isReady = () =>
    fetch(`${endpoint}/minio/health/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
  if (!(await until(isReady, { withinSeconds: 60 }))) throw new Error('MinIO does not start');
  const minio = new Minio({ endPoint: '127.0.0.1', port, useSSL: false, ...KEYS });
  for (const name of ['berth', 'distribution']) await minio.makeBucket(name);
  return {
    endpoint,
    ...KEYS,
    bucket: (/** @type {string} */ name) => name,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
