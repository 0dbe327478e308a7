import { createHash, type Hash } from 'node:crypto';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import { type CopyStreamQuery, from as copyFrom } from 'pg-copy-streams';
import type { ArchiveContents, ArchiveTables } from './archive-layout.js';
import { copyTarget, findBackedUpTables } from './backed-up-tables.js';
import { BackupRefused } from './backup-refused.js';
import type { OwnConnection } from './own-connection.js';

interface OpenTable {
  readonly name: string;
  readonly stream: CopyStreamQuery;
  /** Settles when Postgres has taken, or refused, all of it. */
  readonly taken: Promise<void>;
  readonly hash: Hash;
}

/** Fills the tables of an empty database, in one transaction, from pieces of an archive as they are read. */
export class RestoredTables {
  private readonly filled = new Map<string, { rows: number; sha256: string }>();
  private open?: OpenTable;

  private constructor(
    private readonly connection: OwnConnection,
    private readonly tables: ArchiveTables,
  ) {}

  /** Opens the transaction; what migrations put there (the namespace `library`) goes. */
  static async begin(connection: OwnConnection, tables: ArchiveTables): Promise<RestoredTables> {
    const own = await findBackedUpTables(connection);
    if (namesOf(own).join() !== namesOf(tables).join()) {
      throw new BackupRefused('The archive has other tables than this Berth: it cannot be restored here.');
    }
    await connection.query('BEGIN');
    const quoted = namesOf(own).map((name) => `"${name}"`);
    await connection.query(`TRUNCATE ${quoted.join(', ')} CASCADE`);
    // Rows come as they were, with what triggers made of them then.
    for (const table of quoted) await connection.query(`ALTER TABLE ${table} DISABLE TRIGGER USER`);
    return new RestoredTables(connection, tables);
  }

  async fill(name: string, bytes: AsyncIterable<Uint8Array>): Promise<void> {
    if (this.open?.name !== name) {
      await this.close();
      this.open = this.openTable(name);
    }
    const { stream, hash, taken } = this.open;
    for await (const chunk of bytes) {
      hash.update(chunk);
      if (!stream.write(Buffer.from(chunk))) await Promise.race([once(stream, 'drain'), taken]);
    }
  }

  /** Makes sure that every table has come whole. */
  async finish(contents: ArchiveContents): Promise<number> {
    await this.close();
    for (const { name, rows, sha256 } of contents.tables) {
      const filled = this.filled.get(name) ?? { rows: 0, sha256: createHash('sha256').digest('hex') };
      if (filled.rows !== rows || filled.sha256 !== sha256) {
        throw new BackupRefused(`The archive is damaged: the table ${name} is not as it was written.`);
      }
    }
    for (const { name, lastValue } of contents.sequences) {
      await this.connection.query(`SELECT setval('public."${name}"', $1)`, [lastValue]);
    }
    for (const name of namesOf(this.tables)) {
      await this.connection.query(`ALTER TABLE "${name}" ENABLE TRIGGER USER`);
    }
    return contents.tables.reduce((sum, { rows }) => sum + rows, 0);
  }

  private openTable(name: string): OpenTable {
    const table = this.tables.find((candidate) => candidate.name === name);
    if (!table || this.filled.has(name)) {
      throw new BackupRefused(`The archive is damaged: it has the table ${name} where it should not.`);
    }
    const stream = this.connection.driver.query(copyFrom(`COPY ${copyTarget(table)} FROM STDIN`));
    const taken = finished(stream);
    taken.catch(() => undefined); // told to whoever writes the next chunk, or ends it
    return { name, stream, taken, hash: createHash('sha256') };
  }

  private async close(): Promise<void> {
    if (!this.open) return;
    const { name, stream, hash, taken } = this.open;
    this.open = undefined;
    stream.end();
    await taken;
    this.filled.set(name, { rows: stream.rowCount ?? 0, sha256: hash.digest('hex') });
  }
}

function namesOf(tables: ArchiveTables): string[] {
  return tables.map(({ name }) => name);
}
