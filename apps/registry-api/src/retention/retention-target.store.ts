import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import type { RuledRepository } from '../manifests/content-removal.js';

@Injectable()
export class RetentionTargetStore {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** Repositories that a retention policy is for, by id, after the id `last`. */
  async list(last: string, limit: number): Promise<RuledRepository[]> {
    return this.database.query<RuledRepository & Record<string, unknown>>(
      `SELECT repository.id, repository.name FROM repositories repository
       JOIN namespaces namespace ON namespace.id = repository.namespace_id AND namespace.deleted_at IS NULL
       WHERE repository.id > $1 AND repository.deleted_at IS NULL AND EXISTS (
         SELECT FROM lifecycle_rules rules
         WHERE rules.retention IS NOT NULL
           AND (rules.repository_id = repository.id OR rules.namespace_id = repository.namespace_id))
       ORDER BY repository.id LIMIT $2`,
      [last, limit],
    );
  }
}
