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
         WHERE id = $1 AND deleted_at IS NULL RETURNING id, search
       ), words AS (${noteWords('changed')})
       SELECT id FROM changed`,
      [id, visibility ?? null, description ?? null, readme ?? null],
    );
    return rows.length > 0;
  }

  /** Puts it into trash: the same work whatever it holds. False when it has gone. */
  async delete(client: SqlClient, id: string, by: string): Promise<boolean> {
    const rows = await client.query(
      'UPDATE repositories SET deleted_at = now(), deleted_by = $2 WHERE id = $1 AND deleted_at IS NULL RETURNING id',
      [id, by],
    );
    return rows.length > 0;
  }
}
