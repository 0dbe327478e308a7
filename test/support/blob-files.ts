import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { ENV, type Env } from '../../apps/registry-api/src/env.js';
import type { TestApp } from './app.js';

/** The files in which an app with a filesystem store keeps its bytes, to look at and to damage. */
export class BlobFiles {
  private readonly directory: string;

  constructor(private readonly app: TestApp) {
    const { storage } = app.nest.get<Env>(ENV);
    if (storage.kind !== 'filesystem') throw new Error('the app keeps its blobs elsewhere');
    this.directory = storage.directory;
  }

  async pathOfBlob(digest: string): Promise<string> {
    const key = await this.key('SELECT storage_key AS key FROM blobs WHERE digest = $1', digest);
    return join(this.directory, 'blobs', key.charAt(0), key.charAt(1), key);
  }

  async pathOfUpload(location: string): Promise<string> {
    const id = location.split('/').at(-1)!;
    return join(
      this.directory,
      'uploads',
      await this.key(`SELECT storage_state->>'key' AS key FROM uploads WHERE id = $1`, id),
    );
  }

  /** How many bytes of an unfinished upload have reached the disk, recorded or not. */
  async stagedBytes(location: string): Promise<number> {
    return (await stat(await this.pathOfUpload(location))).size;
  }

  /** Names of what unfinished uploads have there, locks included. */
  async staged(): Promise<string[]> {
    return readdir(join(this.directory, 'uploads'));
  }

  /** The storage keys of all finished blobs. */
  async finished(): Promise<string[]> {
    const entries = await readdir(join(this.directory, 'blobs'), { recursive: true, withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
  }

  private async key(sql: string, value: string): Promise<string> {
    const client = new pg.Client({ connectionString: this.app.databaseUrl });
    await client.connect();
    try {
      const { rows } = await client.query<{ key: string }>(sql, [value]);
      if (!rows[0]) throw new Error(`the database has nothing for ${value}`);
      return rows[0].key;
    } finally {
      await client.end();
    }
  }
}
