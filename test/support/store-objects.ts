import { readFile, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BlobStore, StoredObject } from '@berth/storage';
import { Client } from 'minio';
import { BLOB_STORE } from '../../apps/registry-api/src/blobs/blob-store.provider.js';
import { ENV, type Env } from '../../apps/registry-api/src/env.js';
import type { TestApp } from './app.js';

/** The objects in an app's store of either kind, to look at and to damage behind its back. */
export class StoreObjects {
  private readonly storage: Env['storage'];
  private readonly store: BlobStore;

  constructor(app: TestApp) {
    this.storage = app.nest.get<Env>(ENV).storage;
    this.store = app.nest.get<BlobStore>(BLOB_STORE);
  }

  async list(): Promise<StoredObject[]> {
    const objects: StoredObject[] = [];
    for await (const object of this.store.list()) objects.push(object);
    return objects;
  }

  async remove(key: string): Promise<void> {
    await this.store.delete([key]);
  }

  /** Makes an object look as if it had been written so long ago. Throws for S3, whose times nobody can set. */
  async age(key: string, seconds: number): Promise<void> {
    if (this.storage.kind !== 'filesystem') throw new Error('only files can be made older');
    const then = Date.now() / 1000 - seconds;
    await utimes(join(this.storage.directory, pathOf(key)), then, then);
  }

  /** Puts other bytes under a key. */
  async change(key: string, change: (bytes: Buffer) => Buffer): Promise<void> {
    const path = pathOf(key);
    if (this.storage.kind === 'filesystem') {
      const file = join(this.storage.directory, path);
      return writeFile(file, change(await readFile(file)));
    }
    const { endpoint, bucket, accessKey, secretKey } = this.storage;
    const { hostname, port } = new URL(endpoint);
    const client = new Client({
      endPoint: hostname,
      port: Number(port),
      useSSL: false,
      accessKey,
      secretKey,
    });
    const chunks: Buffer[] = [];
    for await (const chunk of await client.getObject(bucket, path)) chunks.push(chunk as Buffer);
    await client.putObject(bucket, path, change(Buffer.concat(chunks)));
  }
}

function pathOf(key: string): string {
  return `blobs/${key.charAt(0)}/${key.charAt(1)}/${key}`;
}
