import type { RepositoryName } from '@berth/oci';
import { Injectable } from '@nestjs/common';
import type { SqlClient } from '../database/database.js';
import { noteWords } from '../search/search-words.js';
import type { Visibility } from './repository-summary.js';

@Injectable()
export class RepositoryCreationStore {
  /** Makes an organization with this owner; false when the name is taken already. */
  async createNamespace(client: SqlClient, name: string, ownerId: string): Promise<boolean> {
    const rows = await client.query(
      `WITH made AS (
         INSERT INTO namespaces (name, kind) VALUES ($1, 'organization') ON CONFLICT DO NOTHING RETURNING id
       )
       INSERT INTO namespace_members (namespace_id, user_id, role) SELECT id, $2, 'owner' FROM made RETURNING namespace_id`,
      [name, ownerId],
    );
    return rows.length > 0;
  }

  /**
   * Makes a repository in a namespace that is there; false when the name is taken or the namespace has gone. The lock
   * waits for a deletion of the namespace, which then counts.
   */
  async create(
    client: SqlClient,
    name: RepositoryName,
    visibility: Visibility,
    description = '',
  ): Promise<boolean> {
    const rows = await client.query(
      `WITH made AS (
         INSERT INTO repositories (namespace_id, name, visibility, description)
         SELECT id, $1, $2, $3 FROM namespaces WHERE name = $4 AND deleted_at IS NULL FOR KEY SHARE
         ON CONFLICT DO NOTHING RETURNING id, search
       ), words AS (${noteWords('made')}), summary AS (
         INSERT INTO repository_summaries (repository_id) SELECT id FROM made
       )
       SELECT id FROM made`,
      [name.value, visibility, description, name.namespace],
    );
    return rows.length > 0;
  }
}
