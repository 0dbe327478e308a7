import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { to as copyTo } from 'pg-copy-streams';
import { type ArchiveContents, type ArchiveTables, CONTENTS, TABLES, tableEntry } from './archive-layout.js';
import type { ArchiveWriter } from './archive-writer.js';
import { copyTarget, findBackedUpTables, findSequences } from './backed-up-tables.js';
import type { OwnConnection } from './own-connection.js';
import type { OnProgress } from './progress.js';

/** A tar entry begins with its size, which COPY does not tell: its output goes in pieces. */
const PIECE_BYTES = 4 << 20;

/** Copies every table of the connection's snapshot, and ends the archive. Answers how many rows there were. */
export async function archiveTables(
  connection: OwnConnection,
  archive: ArchiveWriter,
  { damaged, onProgress }: { damaged: string[]; onProgress?: OnProgress },
): Promise<number> {
  const tables = await findBackedUpTables(connection);
  await archive.addJson(TABLES, tables);
  const written: ArchiveContents['tables'] = [];
  for (const table of tables) {
    written.push(await archiveTable(connection, archive, table));
    onProgress?.({ step: 'tables', done: written.length, total: tables.length });
  }
  // Not of the snapshot: what counts is that they are no less.
  const sequences = await findSequences(connection);
  await archive.addJson(CONTENTS, { tables: written, sequences, damaged } satisfies ArchiveContents);
  return written.reduce((sum, { rows }) => sum + rows, 0);
}

async function archiveTable(
  connection: OwnConnection,
  archive: ArchiveWriter,
  table: ArchiveTables[number],
): Promise<ArchiveContents['tables'][number]> {
  const hash = createHash('sha256');
  const stream = connection.driver.query(copyTo(`COPY ${copyTarget(table)} TO STDOUT`));
  let number = 0;
  for await (const piece of inPieces(stream)) {
    hash.update(piece);
    number += 1;
    await archive.add(tableEntry(table.name, number), piece.length, Readable.from([piece]));
  }
  return { name: table.name, rows: stream.rowCount ?? 0, sha256: hash.digest('hex') };
}

async function* inPieces(source: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let waiting: Uint8Array[] = [];
  let waitingBytes = 0;
  for await (const chunk of source) {
    waiting.push(chunk);
    waitingBytes += chunk.length;
    if (waitingBytes < PIECE_BYTES) continue;
    yield Buffer.concat(waiting);
    waiting = [];
    waitingBytes = 0;
  }
  if (waitingBytes > 0) yield Buffer.concat(waiting);
}
