import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../support/app.js';
import { adminToken } from '../support/authorization.js';
import { randomBlob, randomImage } from '../support/images.js';
import { RegistryClient } from '../support/registry-client.js';

describe('deleted blob comes back from a cache (Distribution CVE-2026-35172)', () => {
  let one: TestApp;
  let other: TestApp;
  let clients: [RegistryClient, RegistryClient];

  beforeAll(async () => {
    one = await startApp();
    other = await startApp({ replicaOf: one });
    const credentials = await adminToken(one);
    clients = [one, other].map(
      ({ url }) => new RegistryClient({ url, credentials, scheme: 'basic' }),
    ) as typeof clients;
  });
  afterAll(async () => {
    await other.close();
    await one.close();
  });

  // 1000 bytes are held in memory, 300,000 are streamed from the store.
  it.each([1000, 300_000])('a blob of %d bytes, deleted in one and read in the other: 404', async (size) => {
    const [first, second] = clients;
    const blob = randomBlob(size);
    await first.pushBlob('team/app', blob);
    for (const client of clients) expect((await client.pullBlob('team/app', blob.digest)).length).toBe(size);
    await first.expect([202], 'DELETE', `/v2/team/app/blobs/${blob.digest}`);
    for (const client of [second, first]) {
      for (const method of ['GET', 'HEAD'])
        await client.expect([404], method, `/v2/team/app/blobs/${blob.digest}`);
    }
  });

  it('a manifest, deleted in one and read in the other by digest and tag: 404', async () => {
    const [first, second] = clients;
    const image = randomImage();
    await first.push('team/app', image, 'latest');
    for (const client of clients) await client.pullManifest('team/app', 'latest');
    await second.expect([202], 'DELETE', `/v2/team/app/manifests/${image.digest}`);
    for (const client of clients) {
      for (const reference of ['latest', image.digest])
        await client.expect([404], 'GET', `/v2/team/app/manifests/${reference}`);
    }
  });
});
