import { Injectable } from '@nestjs/common';
import type { SqlClient } from '../database/database.js';
import { noteWords } from '../search/search-words.js';
import type { Visibility } from './repository-summary.js';

export interface RepositoryChanges {
  readonly visibility?: Visibility;
  readonly description?: string;
  readonly readme?: string;
}

@Injectable()
export class RepositoryStore {
  /** False when it has gone. */
  async change(
    client: SqlClient,
    id: string,
    { visibility, description, readme }: RepositoryChanges,
  ): Promise<boolean> {
    const rows = await client.query(
      `WITH changed AS (
         UPDATE repositories SET visibility = coalesce($2, visibility), description = coalesce($3, description),
           readme = coalesce($4, readme), updated_at = now()
         WHERE id = $1 RETURNING id, search
       ), words AS (${noteWords('changed')})
       SELECT id FROM changed`,
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
    for (const table of ['tag_pulls', 'tag_pull_days', 'repository_pull_days']) {
      await client.query(`DELETE FROM ${table} WHERE repository_id = $1`, [id]);
    }
    await client.query('DELETE FROM repositories WHERE id = $1', [id]);
    return locked.length > 0;
  }
}
