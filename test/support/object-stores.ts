import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { toolPath } from '../../scripts/tools/tools.mjs';
import { eventually } from './eventually.js';
import { freePort } from './free-port.js';
import { inheritedEnvironment } from './inherited-environment.js';
import { collectOutput, stopProgram } from './program.js';
import { removeDirectory, temporaryDirectory } from './temporary-directory.js';

/** A running S3 server of the test's own. */
export interface ObjectStore {
  /** `http://127.0.0.1:PORT` */
  readonly endpoint: string;
  readonly accessKey: string;
  readonly secretKey: string;
  /** A name for a bucket, which is not made yet. */
  readonly bucket: string;
  /** Ends the server. Its data stays if the directory was given. */
  stop(): Promise<void>;
}

const ACCESS_KEY = 'berth-test';
const SECRET_KEY = 'berth-test-secret';

/** Starts a real MinIO that can encrypt, over the data in `directory`; a new, temporary one by default. */
export function startMinio(directory?: string): Promise<ObjectStore> {
  return startServer('minio', directory, async (data, port) => ({
    args: ['server', '--quiet', '--address', `127.0.0.1:${port}`, '--console-address', '127.0.0.1:0', data],
    env: {
      MINIO_ROOT_USER: ACCESS_KEY,
      MINIO_ROOT_PASSWORD: SECRET_KEY,
      MINIO_KMS_SECRET_KEY: `berth-test:${Buffer.alloc(32, 7).toString('base64')}`,
      MINIO_BROWSER: 'off',
    },
  }));
}

/** Starts a real versitygw over the files in `directory`; a new, temporary one by default. */
export function startVersitygw(directory?: string): Promise<ObjectStore> {
  return startServer('versitygw', directory, async (data, port) => ({
    args: ['--quiet', '--keep-alive', '--port', `127.0.0.1:${port}`, 'posix', data],
    env: { ROOT_ACCESS_KEY: ACCESS_KEY, ROOT_SECRET_KEY: SECRET_KEY },
  }));
}

async function startServer(
  tool: 'minio' | 'versitygw',
  directory: string | undefined,
  commandFor: (data: string, port: number) => Promise<{ args: string[]; env: Record<string, string> }>,
): Promise<ObjectStore> {
  const path = toolPath(tool);
  const root = directory ?? (await temporaryDirectory(tool));
  const data = join(root, 'data');
  await mkdir(data, { recursive: true });
  const port = await freePort();
  const { args, env } = await commandFor(data, port);
  const child = spawn(path, args, {
    env: { ...inheritedEnvironment(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = collectOutput(child, 'stdout', 'stderr');
  const endpoint = `http://127.0.0.1:${port}`;
  const stop = async () => {
    await stopProgram(child);
    if (directory === undefined) await removeDirectory(root);
  };
  try {
    await eventually(`${tool} to answer`, async () => {
      if (child.exitCode !== null) throw new Error(`${tool} ended with ${child.exitCode}`);
      await (await fetch(endpoint)).body?.cancel();
      return true;
    });
  } catch (cause) {
    await stop();
    throw new Error(`${tool} did not start:\n${output()}`, { cause });
  }
  const bucket = `berth-${randomBytes(8).toString('hex')}`;
  return { endpoint, accessKey: ACCESS_KEY, secretKey: SECRET_KEY, bucket, stop };
}
