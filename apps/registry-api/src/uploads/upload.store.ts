import type { Digest, DigestAlgorithm, RepositoryName } from '@berth/oci';
import type { UploadState } from '@berth/storage';
import { Inject, Injectable } from '@nestjs/common';
import { type AccessFacts, toAccessFacts } from '../access/access-facts.js';
import { accessColumns } from '../access/access-sql.js';
import { AccessStatement } from '../access/access-statement.js';
import type { Credential } from '../access/credential.js';
import { Database } from '../database/database.js';
import { asQuotaExceeded } from '../quotas/quota-exceeded.js';

/** A blob upload session, as Postgres has it: the truth about its offset. */
export interface UploadRecord {
  readonly id: string;
  readonly algorithm: DigestAlgorithm;
  readonly state: UploadState;
  /** Of all bytes so far, when one process saw them all. */
  readonly digestSoFar?: string;
  /** All bytes so far, while they are few and the store has none of them: `state` is that of an upload just begun. */
  readonly held?: Buffer;
}

/** How many bytes an upload has, wherever they lie. */
export function offsetOf({ state, held }: Pick<UploadRecord, 'state' | 'held'>): number {
  return state.offsetBytes + (held?.length ?? 0);
}

/** How long a writer that stopped renewing keeps an upload to itself, in seconds. */
export const LEASE_SECONDS = 6;

const lease = `now() + interval '${LEASE_SECONDS} seconds'`;
const isFree = '(writer IS NULL OR writer_until <= now())';
const uploadColumns = 'id, algorithm, storage_state, digest_so_far, held';

/**
 * The transaction's commit does not wait for Postgres' disk. For what has no bytes yet: a crash of Postgres within the
 * second after it is as if it had not happened, and whatever is committed after it brings it to disk.
 */
const unsynced = `unsynced AS MATERIALIZED (SELECT set_config('synchronous_commit', 'off', true))`;

interface UploadRow {
  readonly id: string;
  readonly algorithm: DigestAlgorithm;
  readonly storage_state: UploadState;
  readonly digest_so_far: string | null;
  readonly held: Buffer | null;
}

type FoundRow = { readonly [K in keyof UploadRow]: UploadRow[K] | null } & {
  readonly room_bytes: string | null;
};

const lookUp = new AccessStatement(
  'upload-look-up',
  `
  SELECT ${accessColumns}, upload.id, upload.algorithm, upload.storage_state, upload.digest_so_far,
    upload.held,
    (SELECT min(max_bytes - used_bytes) FROM quotas WHERE kind = 'instance' OR owner_id = a.namespace_id) AS room_bytes
  FROM access a
  LEFT JOIN uploads upload ON upload.id = $7 AND upload.repository_id = a.repository_id
    AND upload.principal = CASE WHEN a.user_id IS NOT NULL THEN 'user:' || a.user_id ELSE 'robot:' || a.robot_id END`,
);

@Injectable()
export class UploadStore {
  constructor(@Inject(Database) private readonly database: Database) {}

  /**
   * One round trip: who may do what, the upload if it is this repository's and this principal's, and what the quotas
   * leave, if there are any.
   */
  async lookUp(
    credential: Credential,
    name: RepositoryName,
    uploadId: string,
  ): Promise<{ facts: AccessFacts; upload?: UploadRecord; roomBytes?: number }> {
    const questions = [{ credential, repositoryName: name.value }];
    const [row] = await lookUp.query<FoundRow>(this.database, questions, [uploadId]);
    if (!row) throw new Error('the access look-up answered no row');
    const upload = row.id === null ? undefined : toUploadRecord(row as UploadRow);
    const roomBytes = row.room_bytes === null ? undefined : Number(row.room_bytes);
    return { facts: toAccessFacts(row), upload, roomBytes };
  }

  async insert(upload: UploadRecord, repositoryId: string, principal: string): Promise<void> {
    await this.database.query(
      `WITH ${unsynced}
       INSERT INTO uploads (id, repository_id, principal, algorithm, storage_state)
       SELECT $1::uuid, $2::bigint, $3::text, $4::text, $5::jsonb FROM unsynced`,
      [upload.id, repositoryId, principal, upload.algorithm, JSON.stringify(upload.state)],
      'upload-insert',
    );
  }

  /**
   * Takes the upload for one writer. `heldUntil` (milliseconds since 1970): another writer has it until then, unless
   * it renews. Undefined: there is no such upload any more.
   */
  async claim(
    uploadId: string,
    writer: string,
  ): Promise<UploadRecord | { readonly heldUntil: number } | undefined> {
    const [claimed] = await this.database.query<UploadRow>(
      `WITH ${unsynced}
       UPDATE uploads SET writer = $2, writer_until = ${lease}, updated_at = now()
       FROM unsynced WHERE id = $1 AND ${isFree}
       RETURNING ${uploadColumns}`,
      [uploadId, writer],
      'upload-claim',
    );
    if (claimed) return toUploadRecord(claimed);
    const heldUntil = await this.heldUntil(uploadId);
    return heldUntil === undefined ? undefined : { heldUntil };
  }

  /** Until when a writer has the upload (milliseconds since 1970; 0: nobody), or undefined when it is gone. */
  async heldUntil(uploadId: string): Promise<number | undefined> {
    const [row] = await this.database.query<{ writer_until: Date | null }>(
      'SELECT CASE WHEN writer IS NOT NULL AND writer_until > now() THEN writer_until END AS writer_until FROM uploads WHERE id = $1',
      [uploadId],
      'upload-held-until',
    );
    return row && (row.writer_until?.getTime() ?? 0);
  }

  /** Writes down durable bytes and renews the lease; false when the writer has lost the upload. */
  async advance(uploadId: string, writer: string, state: UploadState): Promise<boolean> {
    const rows = await this.database.query(
      `UPDATE uploads SET storage_state = $3, offset_bytes = $4, held = NULL, digest_so_far = NULL, writer_until = ${lease},
         updated_at = now()
       WHERE id = $1 AND writer = $2 RETURNING id`,
      [uploadId, writer, JSON.stringify(state), state.offsetBytes],
      'upload-advance',
    );
    return rows.length > 0;
  }

  async renew(uploadId: string, writer: string): Promise<boolean> {
    const rows = await this.database.query(
      `UPDATE uploads SET writer_until = ${lease}, updated_at = now() WHERE id = $1 AND writer = $2 RETURNING id`,
      [uploadId, writer],
      'upload-renew',
    );
    return rows.length > 0;
  }

  /** Writes down the end of an append and lets the upload go. */
  async release(
    uploadId: string,
    writer: string,
    { state, digestSoFar, held }: Pick<UploadRecord, 'state' | 'digestSoFar' | 'held'>,
  ): Promise<boolean> {
    const rows = await this.database.query(
      `UPDATE uploads SET storage_state = $3, offset_bytes = $4, held = $6, digest_so_far = $5, writer = NULL,
         writer_until = NULL, updated_at = now()
       WHERE id = $1 AND writer = $2 RETURNING id`,
      [uploadId, writer, JSON.stringify(state), offsetOf({ state, held }), digestSoFar ?? null, held ?? null],
      'upload-release',
    );
    return rows.length > 0;
  }

  /** Keeps the first bytes of an upload with its record; false when it has bytes or a writer already, or is gone. */
  async hold(uploadId: string, held: Buffer, digestSoFar: string): Promise<boolean> {
    const rows = await this.database.query(
      `UPDATE uploads SET held = $2::bytea, offset_bytes = length($2::bytea), digest_so_far = $3, updated_at = now()
       WHERE id = $1 AND offset_bytes = 0 AND ${isFree} RETURNING id`,
      [uploadId, held, digestSoFar],
      'upload-hold',
    );
    return rows.length > 0;
  }

  /** Lets the upload go as it is. */
  async letGo(uploadId: string, writer: string): Promise<void> {
    await this.database.query(
      'UPDATE uploads SET writer = NULL, writer_until = NULL WHERE id = $1 AND writer = $2',
      [uploadId, writer],
    );
  }

  /** Forgets an upload of this writer; false when it has lost it. */
  async remove(uploadId: string, writer: string): Promise<boolean> {
    const rows = await this.database.query('DELETE FROM uploads WHERE id = $1 AND writer = $2 RETURNING id', [
      uploadId,
      writer,
    ]);
    return rows.length > 0;
  }

  /** Whether some upload's bytes lie under this key of the blob store. */
  async isRecorded(storageKey: string): Promise<boolean> {
    const rows = await this.database.query(`SELECT FROM uploads WHERE storage_state ->> 'key' = $1 LIMIT 1`, [
      storageKey,
    ]);
    return rows.length > 0;
  }

  /** Some uploads that nobody touched for `seconds`, whoever began them. */
  async listAbandoned(seconds: number, limit: number): Promise<UploadRecord[]> {
    const rows = await this.database.query<UploadRow>(
      `SELECT ${uploadColumns} FROM uploads
       WHERE updated_at < now() - make_interval(secs => $1) ORDER BY updated_at LIMIT $2`,
      [seconds, limit],
    );
    return rows.map(toUploadRecord);
  }

  /**
   * The upload becomes a blob of its repository: one statement, so all of it or nothing. Undefined when the upload is
   * another writer's, or has another offset than `UploadSource` says. `unusedKeys` are objects that no record names
   * any more. Throws `QuotaExceeded`.
   */
  async finish(of: UploadSource, blob: FinishedBlob): Promise<{ unusedKeys: string[] } | undefined> {
    const { digest, sizeBytes, storageKey } = blob;
    const { name, sql, values } = sourceOf(of);
    const [row] = await this.database
      .query<{ storage_key: string; earlier_key: string | null }>(
        finishSql(sql),
        [values[0], digest.text, sizeBytes, storageKey, ...values.slice(1)],
        name,
      )
      .catch((error: unknown) => {
        throw asQuotaExceeded(error);
      });
    if (!row) return undefined;
    const unusedKeys = [storageKey, row.earlier_key].filter((key) => key !== null && key !== row.storage_key);
    return { unusedKeys: unusedKeys as string[] };
  }
}

export interface FinishedBlob {
  readonly digest: Digest;
  readonly sizeBytes: number;
  readonly storageKey: string;
}

/** What a blob is made of: an upload that a writer holds, one that nobody writes and that has this offset, or nothing. */
export type UploadSource =
  | { readonly uploadId: string; readonly writer: string }
  | { readonly uploadId: string; readonly offsetBytes: number }
  | { readonly repositoryId: string };

/** The first value is parameter $1, a second one $5. */
function sourceOf(of: UploadSource): { name: string; sql: string; values: unknown[] } {
  if ('repositoryId' in of) {
    return { name: 'blob-insert', sql: 'SELECT $1::bigint AS repository_id', values: [of.repositoryId] };
  }
  const remove = 'DELETE FROM uploads WHERE id = $1';
  if ('writer' in of) {
    const sql = `${remove} AND writer = $5 RETURNING repository_id`;
    return { name: 'upload-finish', sql, values: [of.uploadId, of.writer] };
  }
  const sql = `${remove} AND offset_bytes = $5 AND ${isFree} RETURNING repository_id`;
  return { name: 'upload-finish-free', sql, values: [of.uploadId, of.offsetBytes] };
}

/** A damaged blob is healed by the new bytes; of two whole copies the one that was there stays. */
function finishSql(source: string): string {
  return `
    WITH upload AS (${source}),
    blob AS (
      INSERT INTO blobs (digest, size_bytes, storage_key) SELECT $2, $3, $4 FROM upload
      ON CONFLICT (digest) DO UPDATE SET touched_at = now(), damaged_at = NULL,
        storage_key = CASE WHEN blobs.damaged_at IS NULL THEN blobs.storage_key ELSE excluded.storage_key END
      RETURNING id, storage_key
    ), linked AS (
      INSERT INTO repository_blobs (repository_id, blob_id) SELECT upload.repository_id, blob.id FROM upload, blob
      ON CONFLICT (repository_id, blob_id) DO UPDATE SET touched_at = now()
    )
    SELECT blob.storage_key, (SELECT storage_key FROM blobs WHERE digest = $2) AS earlier_key FROM blob`;
}

function toUploadRecord(row: UploadRow): UploadRecord {
  return {
    id: row.id,
    algorithm: row.algorithm,
    state: row.storage_state,
    digestSoFar: row.digest_so_far ?? undefined,
    held: row.held ?? undefined,
  };
}
