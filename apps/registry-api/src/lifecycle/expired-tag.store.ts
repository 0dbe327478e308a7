import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';

/** A tag whose time is over. */
export interface ExpiredTag {
  readonly repositoryId: string;
  /** The full name. */
  readonly repositoryName: string;
  readonly tag: string;
  readonly digest: string;
}

/** By their images, then by rules; the last condition is that of `tag_expiry` for both. */
const dueSql = `
  SELECT DISTINCT repository.id, repository.name, tag.name AS tag, manifest.digest
  FROM (
    (SELECT repository_id, name FROM tags WHERE expires_at <= now() LIMIT $1)
    UNION ALL
    (SELECT tag.repository_id, tag.name FROM lifecycle_rules rules
     JOIN repositories ruled ON ruled.id = rules.repository_id OR ruled.namespace_id = rules.namespace_id
     JOIN tags tag ON tag.repository_id = ruled.id
       AND tag.updated_at <= now() - make_interval(secs => rules.expires_after_seconds)
     WHERE rules.expires_after_seconds IS NOT NULL AND ruled.deleted_at IS NULL
       AND tag.name LIKE ANY (rules.expiring_like) AND NOT tag.name LIKE ANY (rules.expiring_unlike)
     LIMIT $1)
  ) due
  JOIN repositories repository ON repository.id = due.repository_id AND repository.deleted_at IS NULL
  JOIN tags tag ON tag.repository_id = due.repository_id AND tag.name = due.name
  JOIN manifests manifest ON manifest.id = tag.manifest_id
  WHERE tag_expiry(repository.id, tag.name, greatest(tag.updated_at, tag.restored_at), tag.expires_at) <= now()`;

@Injectable()
export class ExpiredTagStore {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** Up to about `limit` of those whose time is over. */
  async list(limit: number): Promise<ExpiredTag[]> {
    const rows = await this.database.query<{ id: string; name: string; tag: string; digest: string }>(
      dueSql,
      [limit],
    );
    return rows.map(({ id, name, ...found }) => ({ repositoryId: id, repositoryName: name, ...found }));
  }
}
