// needs: crane minio
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { type Berth, startBerth } from '../support/berth-process.js';
import { randomImage } from '../support/images.js';
import { writeOciLayout } from '../support/oci-layout.js';
import { removeDirectory, temporaryDirectory } from '../support/temporary-directory.js';
import { clientProgram } from './client-program.js';

/** As clients reach the store: crane follows no redirect to a private address other than the registry's own. */
let publicEndpoint: string;
let berth: Berth;
let directory: string;

beforeAll(async () => {
  publicEndpoint = inject('minio')!.endpoint.replace('127.0.0.1', 'localhost');
  const env = { BERTH_S3_REDIRECT: 'true', BERTH_S3_PUBLIC_ENDPOINT: publicEndpoint };
  berth = await startBerth({ storage: 's3', env });
  directory = await temporaryDirectory('redirect');
});

afterAll(async () => {
  await berth?.stop();
  if (directory) await removeDirectory(directory);
});

test('a client fetches layers from the store itself, and every byte is right', async () => {
  const crane = clientProgram('crane', directory);
  const { username, password } = berth.admin;
  await crane('auth', 'login', berth.host, '--username', username, '--password', password);
  const image = randomImage({ layers: 2, layerSizeBytes: 9_000_000 });
  await crane('push', writeOciLayout(join(directory, 'image'), image, 'one'), `${berth.host}/team/app:one`);

  const basic = Buffer.from(`${username}:${password}`).toString('base64');
  const answer = await fetch(`${berth.url}/v2/team/app/blobs/${image.blobs[1]!.digest}`, {
    headers: { authorization: `Basic ${basic}` },
    redirect: 'manual',
  });
  expect(answer.status).toBe(307);
  expect(answer.headers.get('location')).toContain(publicEndpoint);
  await crane('validate', '--remote', `${berth.host}/team/app:one`);
});
