import { formatReference, type Reference } from '@berth/oci';
import { Inject, Injectable } from '@nestjs/common';
import { type AccessFacts, toAccessFacts } from '../access/access-facts.js';
import {
  type AccessQuestion,
  accessColumns,
  distinctQuestions,
  oneByOne,
  questionKey,
  unplanned,
} from '../access/access-sql.js';
import { AccessStatement } from '../access/access-statement.js';
import { BatchLoader } from '../database/batch-loader.js';
import { Database } from '../database/database.js';

export interface ManifestRecord {
  readonly id: string;
  readonly digest: string;
  readonly mediaType: string;
  readonly sizeBytes: number;
  /** As received; undefined when they were not asked for, or are held already. */
  readonly bytes?: Buffer;
}

export interface ManifestQuestion extends AccessQuestion {
  readonly reference: Reference;
  /** `none` (HEAD), or the digest of which this process holds the bytes, if any. */
  readonly bytes: 'none' | { readonly heldDigest?: string };
}

export interface ManifestAnswer {
  readonly facts: AccessFacts;
  readonly manifest?: ManifestRecord;
}

interface ManifestRow {
  readonly manifest_id: string | null;
  readonly digest: string;
  readonly media_type: string;
  readonly size_bytes: number;
  readonly bytes: Buffer | null;
}

const askedColumns = ['$7::int[]', '$8::text[]', '$9::text[]', '$10::boolean[]', '$11::text[]'];

const lookUp = new AccessStatement(
  'manifest-look-up',
  `
  SELECT ${accessColumns}, manifest.id AS manifest_id, manifest.digest, manifest.media_type, manifest.size_bytes,
    CASE WHEN asked.wants_bytes AND manifest.digest IS DISTINCT FROM asked.held_digest THEN manifest.bytes END AS bytes
  FROM access a
  JOIN unnest(${askedColumns.map(unplanned).join(', ')}) WITH ORDINALITY
    AS asked(request, tag, digest, wants_bytes, held_digest, ord) ON asked.request = a.ord
  LEFT JOIN ${oneByOne(`
    SELECT id, digest, media_type, size_bytes, bytes FROM manifests WHERE id = CASE
      -- As values, so that each is looked up by both columns of its key, not among all of the repository.
      WHEN asked.tag IS NULL
      THEN (SELECT m.id FROM manifests m WHERE m.repository_id = a.repository_id AND m.digest = asked.digest)
      ELSE (SELECT tag.manifest_id FROM tags tag WHERE tag.repository_id = a.repository_id AND tag.name = asked.tag) END`)} manifest ON true
  ORDER BY asked.ord`,
);

/** Reads manifests; `manifest-writer.store.ts` writes them. */
@Injectable()
export class ManifestStore {
  private readonly loader: BatchLoader<ManifestQuestion, ManifestAnswer>;

  constructor(@Inject(Database) private readonly database: Database) {
    this.loader = new BatchLoader((questions) => this.load(questions), keyOf);
  }

  /** One round trip: who may do what, tag → digest, and the bytes unless they are held. */
  async lookUp(question: ManifestQuestion): Promise<ManifestAnswer> {
    return this.loader.get(question);
  }

  private async load(questions: readonly ManifestQuestion[]): Promise<ManifestAnswer[]> {
    const { distinct, places } = distinctQuestions(questions);
    const rows = await lookUp.query<ManifestRow>(this.database, distinct, [
      places,
      questions.map(({ reference }) => (reference.kind === 'tag' ? reference.tag : null)),
      questions.map(({ reference }) => (reference.kind === 'digest' ? reference.digest.text : null)),
      questions.map(({ bytes }) => bytes !== 'none'),
      questions.map(({ bytes }) => (bytes === 'none' ? null : (bytes.heldDigest ?? null))),
    ]);
    return rows.map((row) => ({
      facts: toAccessFacts(row),
      manifest:
        row.manifest_id === null ? undefined : toManifestRecord({ ...row, manifest_id: row.manifest_id }),
    }));
  }
}

function keyOf(question: ManifestQuestion): string {
  const { reference, bytes } = question;
  const held = bytes === 'none' ? bytes : bytes.heldDigest;
  return `${questionKey(question)}\n${formatReference(reference)}\n${held}`;
}

function toManifestRecord(row: ManifestRow & { manifest_id: string }): ManifestRecord {
  return {
    id: row.manifest_id,
    digest: row.digest,
    mediaType: row.media_type,
    sizeBytes: row.size_bytes,
    bytes: row.bytes ?? undefined,
  };
}
