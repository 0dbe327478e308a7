import type { RepositoryName } from '@berth/oci';
import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import type { Visibility } from './repository.store.js';

@Injectable()
export class RepositoryCreationStore {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** Makes an organization with this owner; does nothing when the name is taken already. */
  async createNamespace(name: string, ownerId: string): Promise<void> {
    await this.database.query(
      `WITH made AS (
         INSERT INTO namespaces (name, kind) VALUES ($1, 'organization') ON CONFLICT DO NOTHING RETURNING id
       )
       INSERT INTO namespace_members (namespace_id, user_id, role) SELECT id, $2, 'owner' FROM made`,
      [name, ownerId],
    );
  }

  /**
   * Makes a repository in a namespace that is there; false when the name is taken or the namespace has gone. The lock
   * waits for a deletion of the namespace, which then counts.
   */
  async create(name: RepositoryName, visibility: Visibility, description = ''): Promise<boolean> {
    const rows = await this.database.query(
      `INSERT INTO repositories (namespace_id, name, visibility, description)
       SELECT id, $1, $2, $3 FROM namespaces WHERE name = $4 AND deleted_at IS NULL FOR KEY SHARE
       ON CONFLICT DO NOTHING RETURNING id`,
      [name.value, visibility, description, name.namespace],
    );
    return rows.length > 0;
  }
}
