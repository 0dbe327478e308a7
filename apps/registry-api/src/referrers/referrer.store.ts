import type { Digest, RepositoryName } from '@berth/oci';
import { Inject, Injectable } from '@nestjs/common';
import { type AccessFacts, toAccessFacts } from '../access/access-facts.js';
import { accessColumns } from '../access/access-sql.js';
import { AccessStatement } from '../access/access-statement.js';
import type { Credential } from '../access/credential.js';
import { Database } from '../database/database.js';

export interface ReferrerRecord {
  readonly digest: string;
  readonly mediaType: string;
  readonly sizeBytes: number;
  readonly artifactType: string | null;
  readonly annotations: Record<string, string>;
  /** False for what is too much for one page: it is left without its annotations. */
  readonly fits: boolean;
}

/** A manifest's own size is an upper bound of its annotations', which are not read before it is known that they fit. */
const list = new AccessStatement(
  'referrers',
  `
  SELECT ${accessColumns}, (
    SELECT coalesce(json_agg(json_build_object('digest', digest, 'mediaType', media_type, 'sizeBytes', size_bytes,
      'artifactType', artifact_type, 'annotations', CASE WHEN fits THEN annotations ELSE '{}' END, 'fits', fits)
      ORDER BY digest), '[]')
    FROM (
      SELECT page.*, sum(size_bytes) OVER up_to_it <= $11 OR row_number() OVER up_to_it = 1 AS fits
      FROM (
        SELECT digest, media_type, size_bytes, artifact_type, annotations FROM manifests
        WHERE repository_id = a.repository_id AND subject_digest = $7
          AND ($8::text IS NULL OR artifact_type = $8) AND digest > $9
        ORDER BY digest LIMIT $10
      ) page
      WINDOW up_to_it AS (ORDER BY digest)
    ) measured
  ) AS referrers
  FROM access a`,
);

@Injectable()
export class ReferrerStore {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** The access facts, and the referrers of a subject after `last` by digest; one round trip. */
  async lookUp(
    credential: Credential,
    name: RepositoryName,
    subject: Digest,
    page: {
      readonly artifactType?: string;
      readonly last: string;
      readonly limit: number;
      readonly limitBytes: number;
    },
  ): Promise<{ facts: AccessFacts; referrers: ReferrerRecord[] }> {
    const questions = [{ credential, repositoryName: name.value }];
    const [row] = await list.query<{ referrers: ReferrerRecord[] }>(this.database, questions, [
      subject.text,
      page.artifactType ?? null,
      page.last,
      page.limit,
      page.limitBytes,
    ]);
    if (!row) throw new Error('the access look-up answered no row');
    return { facts: toAccessFacts(row), referrers: row.referrers };
  }
}
