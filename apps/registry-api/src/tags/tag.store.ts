import type { RepositoryName } from '@berth/oci';
import { Inject, Injectable } from '@nestjs/common';
import {
  type AccessFacts,
  type AccessRow,
  accessColumns,
  accessCte,
  principalCte,
  requestCte,
  requestParameters,
  toAccessFacts,
} from '../access/access-facts.js';
import type { Credential } from '../access/credential.js';
import { Database } from '../database/database.js';

const listSql = `
  WITH ${requestCte}, ${principalCte}, ${accessCte}
  SELECT ${accessColumns}, ARRAY(
    SELECT tag.name FROM tags tag WHERE tag.repository_id = a.repository_id AND tag.name > $7 ORDER BY tag.name LIMIT $8
  ) AS tags
  FROM access a`;

@Injectable()
export class TagStore {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** The access facts and the tags after `last`, in byte order; one round trip. */
  async lookUp(
    credential: Credential,
    name: RepositoryName,
    page: { readonly last: string; readonly limit: number },
  ): Promise<{ facts: AccessFacts; tags: string[] }> {
    const values = [
      ...requestParameters([{ credential, repositoryName: name.value }]),
      page.last,
      page.limit,
    ];
    const [row] = await this.database.query<AccessRow & { tags: string[] }>(listSql, values, 'tag-list');
    if (!row) throw new Error('the access look-up answered no row');
    return { facts: toAccessFacts(row), tags: row.tags };
  }
}
