import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../support/app.js';
import { adminToken } from '../support/authorization.js';
import { content, descriptorOf, manifestOf, mediaTypes, randomBlob } from '../support/images.js';
import { RegistryClient } from '../support/registry-client.js';

describe('foreign-layer URLs', () => {
  let app: TestApp;
  let inner: Server;
  let requests = 0;

  beforeAll(async () => {
    inner = createServer((_request, response) => {
      requests += 1;
      response.end('secret of the inner network');
    });
    await new Promise<void>((resolve) => inner.listen(0, '127.0.0.1', resolve));
    app = await startApp();
  });
  afterAll(async () => {
    await app.close();
    inner.close();
  });

  it('manifest with internal urls: no fetch', async () => {
    const client = new RegistryClient({ url: app.url, credentials: await adminToken(app), scheme: 'basic' });
    const { port } = inner.address() as AddressInfo;
    const urls = [
      `http://127.0.0.1:${port}/layer`,
      `http://localhost:${port}/`,
      'file:///etc/passwd',
      'gopher://x',
    ];
    const config = { ...content('{}', mediaTypes.ociConfig) };
    const present = randomBlob();
    const absent = randomBlob();
    for (const foreign of [
      mediaTypes.ociForeignLayer,
      'application/vnd.oci.image.layer.nondistributable.v1.tar',
      'application/vnd.docker.image.rootfs.foreign.diff.tar.gzip',
    ]) {
      const image = manifestOf(
        {
          schemaVersion: 2,
          mediaType: mediaTypes.ociManifest,
          config: { ...descriptorOf(config), urls },
          layers: [
            { ...descriptorOf(present), mediaType: mediaTypes.ociLayer, urls },
            { ...descriptorOf(absent), mediaType: foreign, urls },
          ],
          subject: { ...descriptorOf(randomBlob()), mediaType: mediaTypes.ociManifest, urls },
        },
        { blobs: [config, present] },
      );
      await client.push('team/foreign', image, 'latest');
      expect((await client.pullManifest('team/foreign', 'latest')).equals(image.bytes)).toBe(true);
      const answer = await client.request('GET', `/v2/team/foreign/blobs/${absent.digest}`);
      expect(answer.status).toBe(404);
      await client.expect([200], 'GET', `/v2/team/foreign/referrers/${image.digest}`);
      await client.expect([202], 'DELETE', `/v2/team/foreign/manifests/${image.digest}`);
    }
    expect(requests).toBe(0);
  });
});
