import { RepositoryName } from '@berth/oci';
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
import type { Credential, Requester } from '../access/credential.js';
import { VisibleLists, visibleList } from '../access/visible-lists.service.js';
import { Database, type SqlClient } from '../database/database.js';

export type Visibility = 'public' | 'private';

export interface Repository {
  readonly name: RepositoryName;
  readonly visibility: Visibility;
  readonly description: string;
  readonly starCount: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  /** The last push of a manifest. */
  readonly pushedAt?: Date;
}

export interface RepositoryWithReadme extends Repository {
  /** Markdown. */
  readonly readme: string;
}

export interface RepositoryChanges {
  readonly visibility?: Visibility;
  readonly description?: string;
  readonly readme?: string;
}

interface RepositoryRow {
  readonly name: string;
  readonly visibility: Visibility;
  readonly description: string;
  readonly star_count: number;
  readonly created_at: Date;
  readonly updated_at: Date;
  readonly pushed_at: Date | null;
}

const columns = ['name', 'visibility', 'description', 'star_count', 'created_at', 'updated_at', 'pushed_at']
  .map((column) => `repository.${column}`)
  .join(', ');

const lookUpSql = `
  WITH ${requestCte}, ${principalCte}, ${accessCte}
  SELECT ${accessColumns}, ${columns}, repository.readme
  FROM access a LEFT JOIN repositories repository ON repository.id = a.repository_id`;

const visibleRepositoryList = visibleList(
  'repository-list',
  (isVisible) => `
    SELECT ${columns} FROM repositories repository
    WHERE ${isVisible} AND ($8::text IS NULL OR repository.name > $8)
    ORDER BY repository.name LIMIT $9`,
  'found.name',
);

@Injectable()
export class RepositoryStore {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(VisibleLists) private readonly lists: VisibleLists,
  ) {}

  /** The access facts on a name, and the repository if there is one; one round trip either way. */
  async lookUp(
    credential: Credential,
    name: RepositoryName,
  ): Promise<{ facts: AccessFacts; repository?: RepositoryWithReadme }> {
    const [row] = await this.database.query<AccessRow & RepositoryRow & { readme: string }>(
      lookUpSql,
      requestParameters([{ credential, repositoryName: name.value }]),
      'repository-look-up',
    );
    if (!row) throw new Error('the access look-up answered no row');
    const facts = toAccessFacts(row);
    return { facts, repository: facts.repository && { ...toRepository(row), readme: row.readme } };
  }

  /** Those that the requester may pull now, by full name, after `last`. One round trip. Throws `Unauthorized`. */
  async list(
    requester: Requester,
    page: { readonly last?: string; readonly limit: number },
  ): Promise<Repository[]> {
    const values = [page.last ?? null, page.limit];
    const rows = await this.lists.query<RepositoryRow | { name: null }>(
      requester,
      visibleRepositoryList,
      values,
    );
    return rows.flatMap((row) => (row.name === null ? [] : toRepository(row)));
  }

  /** False when it has gone. */
  async change(
    client: SqlClient,
    id: string,
    { visibility, description, readme }: RepositoryChanges,
  ): Promise<boolean> {
    const rows = await client.query(
      `UPDATE repositories SET visibility = coalesce($2, visibility), description = coalesce($3, description),
         readme = coalesce($4, readme), updated_at = now()
       WHERE id = $1 RETURNING id`,
      [id, visibility ?? null, description ?? null, readme ?? null],
    );
    return rows.length > 0;
  }

  /** Removes it with its manifests, tags, uploads and grants; blobs that nothing links any more are collected later. */
  async delete(client: SqlClient, id: string): Promise<boolean> {
    const locked = await client.query('SELECT id FROM repositories WHERE id = $1 FOR UPDATE', [id]);
    // Children of an index reference manifests of the same repository: without this order a cascade would trip on it.
    await client.query(
      `DELETE FROM manifest_references WHERE manifest_id IN (SELECT id FROM manifests WHERE repository_id = $1)`,
      [id],
    );
    await client.query('DELETE FROM tags WHERE repository_id = $1', [id]);
    await client.query('DELETE FROM repositories WHERE id = $1', [id]);
    return locked.length > 0;
  }
}

function toRepository(row: RepositoryRow): Repository {
  return {
    name: RepositoryName.parse(row.name),
    visibility: row.visibility,
    description: row.description,
    starCount: row.star_count,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    pushedAt: row.pushed_at ?? undefined,
  };
}
