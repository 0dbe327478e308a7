import type { Digest } from '@berth/oci';
import { Inject, Injectable } from '@nestjs/common';
import { type AccessFacts, toAccessFacts } from '../access/access-facts.js';
import {
  type AccessQuestion,
  accessColumns,
  distinctQuestions,
  oneByOne,
  principalCte,
  questionKey,
  requestCte,
  requestParameters,
  unplanned,
} from '../access/access-sql.js';
import { AccessStatement } from '../access/access-statement.js';
import type { Credential } from '../access/credential.js';
import { visibleRepositories } from '../access/visible-repositories.js';
import { type AuditedChange, auditInsertSql, auditParameters } from '../audit/audit-insert.js';
import { BatchLoader } from '../database/batch-loader.js';
import { Database } from '../database/database.js';

export interface BlobRecord {
  readonly id: string;
  readonly digest: string;
  readonly sizeBytes: number;
  readonly storageKey: string;
}

interface BlobQuestion extends AccessQuestion {
  readonly digest: string;
}

interface BlobAnswer {
  readonly facts: AccessFacts;
  /** Undefined when the repository has no such blob, or its bytes are damaged. */
  readonly blob?: BlobRecord;
}

interface BlobRow {
  readonly blob_id: string | null;
  readonly digest: string;
  readonly size_bytes: string;
  readonly storage_key: string;
}

const lookUp = new AccessStatement(
  'blob-look-up',
  `
  SELECT ${accessColumns}, found.id AS blob_id, found.digest, found.size_bytes, found.storage_key
  FROM access a
  JOIN unnest(${unplanned('$7::int[]')}, ${unplanned('$8::text[]')}) WITH ORDINALITY AS asked(request, digest, ord)
    ON asked.request = a.ord
  LEFT JOIN ${oneByOne(`
    SELECT blob.id, blob.digest, blob.size_bytes, blob.storage_key FROM blobs blob
    JOIN repository_blobs link ON link.repository_id = a.repository_id AND link.blob_id = blob.id
    WHERE blob.digest = asked.digest AND blob.damaged_at IS NULL`)} found ON true
  ORDER BY asked.ord`,
);

const findVisibleSql = `
  WITH ${requestCte}, ${principalCte}
  SELECT blob.id FROM blobs blob
  JOIN repository_blobs link ON link.blob_id = blob.id
  JOIN repositories repository ON repository.id = link.repository_id
  CROSS JOIN principal p
  WHERE blob.digest = $7 AND blob.damaged_at IS NULL AND ${visibleRepositories({ isAnonymousPullAllowed: 8 })}
  LIMIT 1`;

const unlinkSql = `
  WITH target AS (
    SELECT id FROM blobs WHERE digest = $2
  ), parents AS (
    SELECT DISTINCT manifest.digest FROM target
    JOIN manifest_references reference ON reference.blob_id = target.id
    JOIN manifests manifest ON manifest.id = reference.manifest_id AND manifest.repository_id = $1
    LIMIT 10
  ), removed AS (
    DELETE FROM repository_blobs WHERE repository_id = $1 AND blob_id = (SELECT id FROM target)
      AND NOT EXISTS (SELECT FROM parents) RETURNING blob_id
  ), audited AS (
    ${auditInsertSql('blob.delete', 3, `jsonb_build_object('digest', $2::text)`, 'FROM removed')}
  )
  SELECT EXISTS (SELECT FROM removed) AS is_removed, ARRAY(SELECT digest FROM parents) AS parents`;

@Injectable()
export class BlobRecordStore {
  private readonly loader: BatchLoader<BlobQuestion, BlobAnswer>;

  constructor(@Inject(Database) private readonly database: Database) {
    this.loader = new BatchLoader(
      (questions) => this.load(questions),
      (question) => `${questionKey(question)}\n${question.digest}`,
    );
  }

  /** One round trip: who may do what, and the blob as this repository has it. */
  async lookUp(question: BlobQuestion): Promise<BlobAnswer> {
    return this.loader.get(question);
  }

  private async load(questions: readonly BlobQuestion[]): Promise<BlobAnswer[]> {
    const { distinct, places } = distinctQuestions(questions);
    const rows = await lookUp.query<BlobRow>(this.database, distinct, [
      places,
      questions.map(({ digest }) => digest),
    ]);
    return rows.map((row) => ({
      facts: toAccessFacts(row),
      blob: row.blob_id === null ? undefined : toBlobRecord({ ...row, blob_id: row.blob_id }),
    }));
  }

  /** The blob, if any repository that the credential may pull has it. */
  async findVisible(
    credential: Credential,
    digest: Digest,
    isAnonymousPullAllowed: boolean,
  ): Promise<string | undefined> {
    const request = { credential, repositoryName: '' };
    const values = [...requestParameters([request]), digest.text, isAnonymousPullAllowed];
    const [row] = await this.database.query<{ id: string }>(findVisibleSql, values, 'blob-find-visible');
    return row?.id;
  }

  /** Keeps a blob in the repository for another grace period; false when it has been collected meanwhile. */
  async touch(repositoryId: string, blobId: string): Promise<boolean> {
    const rows = await this.database.query(
      'UPDATE repository_blobs SET touched_at = now() WHERE repository_id = $1 AND blob_id = $2 RETURNING blob_id',
      [repositoryId, blobId],
      'blob-touch',
    );
    return rows.length > 0;
  }

  /** The store has not what the record says; the next finished upload of the digest heals it. */
  async markDamaged({ id, storageKey }: Pick<BlobRecord, 'id' | 'storageKey'>): Promise<void> {
    await this.database.query(
      // By its key too: what was healed since it was looked up has another one.
      'UPDATE blobs SET damaged_at = coalesce(damaged_at, now()) WHERE id = $1 AND storage_key = $2',
      [id, storageKey],
    );
  }

  /**
   * Makes a blob that some repository has one of this repository too; answers its size, undefined when it has
   * meanwhile gone. The lock keeps a collection from taking it in between.
   */
  async link(repositoryId: string, blobId: string): Promise<number | undefined> {
    const [row] = await this.database.query<{ size_bytes: string }>(
      `WITH touched AS (
         UPDATE blobs SET touched_at = now() WHERE id = $2 AND damaged_at IS NULL RETURNING id, size_bytes
       ), linked AS (
         INSERT INTO repository_blobs (repository_id, blob_id) SELECT $1, id FROM touched
         ON CONFLICT (repository_id, blob_id) DO UPDATE SET touched_at = now()
       )
       SELECT size_bytes FROM touched`,
      [repositoryId, blobId],
      'blob-link',
    );
    return row && Number(row.size_bytes);
  }

  /**
   * Removes a blob from a repository unless a manifest there needs it; answers the manifests that do.
   * The bytes go when no repository has it any more and the grace period is over.
   */
  async unlink(
    repositoryId: string,
    digest: Digest,
    change: AuditedChange,
  ): Promise<{ isRemoved: boolean; parents: string[] }> {
    return this.database.transaction(async (client) => {
      // A push holds the links of its blobs until its commit. The statement after this one sees its manifest.
      await client.query(
        // The blob first, as uploads and mounts lock them.
        `WITH blob AS MATERIALIZED (SELECT id FROM blobs WHERE digest = $2 FOR NO KEY UPDATE)
         SELECT FROM repository_blobs link JOIN blob ON blob.id = link.blob_id WHERE link.repository_id = $1 FOR UPDATE OF link`,
        [repositoryId, digest.text],
        'blob-link-lock',
      );
      const [row] = await client.query<{ is_removed: boolean; parents: string[] }>(
        unlinkSql,
        [repositoryId, digest.text, ...auditParameters(change)],
        'blob-unlink',
      );
      return { isRemoved: row?.is_removed ?? false, parents: row?.parents ?? [] };
    });
  }
}

function toBlobRecord(row: BlobRow & { blob_id: string }): BlobRecord {
  return {
    id: row.blob_id,
    digest: row.digest,
    sizeBytes: Number(row.size_bytes),
    storageKey: row.storage_key,
  };
}
