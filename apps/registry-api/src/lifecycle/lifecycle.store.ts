import { Inject, Injectable } from '@nestjs/common';
import { Database, type SqlClient } from '../database/database.js';
import type { RetentionPolicy } from '../retention/retention-policy.js';
import { parseDuration } from './duration.js';
import type { Lifecycle } from './lifecycle.schema.js';
import { likePatternsOf } from './tag-patterns.js';

/** Whose rules. */
export type RuledBy = { readonly repositoryId: string } | { readonly namespaceId: string };

interface RulesRow {
  readonly is_own: boolean;
  readonly immutable_tags: string[];
  readonly expiring_tags: string[];
  readonly expires_after: string | null;
  readonly retention: RetentionPolicy | null;
}

export const noRules: Lifecycle = { immutableTags: [], expiry: null, retention: null };

@Injectable()
export class LifecycleStore {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** The repository's own rules, and those of its namespace. */
  async findForRepository(repositoryId: string): Promise<{ own: Lifecycle; ofNamespace: Lifecycle }> {
    const rows = await this.database.query<RulesRow>(
      `SELECT rules.repository_id IS NOT NULL AS is_own, rules.immutable_tags, rules.expiring_tags, rules.expires_after,
         rules.retention
       FROM repositories repository
       JOIN lifecycle_rules rules ON rules.repository_id = repository.id OR rules.namespace_id = repository.namespace_id
       WHERE repository.id = $1`,
      [repositoryId],
      'lifecycle-of-repository',
    );
    const found = (isOwn: boolean) => rows.filter(({ is_own }) => is_own === isOwn).map(toLifecycle)[0];
    return { own: found(true) ?? noRules, ofNamespace: found(false) ?? noRules };
  }

  async findForNamespace(namespaceId: string): Promise<Lifecycle> {
    const [row] = await this.database.query<RulesRow>(
      `SELECT true AS is_own, immutable_tags, expiring_tags, expires_after, retention
       FROM lifecycle_rules WHERE namespace_id = $1`,
      [namespaceId],
    );
    return row ? toLifecycle(row) : noRules;
  }

  /** In place of what was there. */
  async set(client: SqlClient, of: RuledBy, rules: Lifecycle): Promise<void> {
    const [column, id] =
      'repositoryId' in of ? ['repository_id', of.repositoryId] : ['namespace_id', of.namespaceId];
    const immutable = likePatternsOf(rules.immutableTags);
    const expiring = likePatternsOf(rules.expiry?.tags ?? []);
    await client.query(
      `INSERT INTO lifecycle_rules (${column}, immutable_tags, immutable_like, immutable_unlike, expiring_tags,
         expiring_like, expiring_unlike, expires_after, expires_after_seconds, retention)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
       ON CONFLICT (${column}) WHERE ${column} IS NOT NULL DO UPDATE SET immutable_tags = excluded.immutable_tags,
         immutable_like = excluded.immutable_like, immutable_unlike = excluded.immutable_unlike,
         expiring_tags = excluded.expiring_tags, expiring_like = excluded.expiring_like,
         expiring_unlike = excluded.expiring_unlike, expires_after = excluded.expires_after,
         expires_after_seconds = excluded.expires_after_seconds, retention = excluded.retention, updated_at = now()`,
      [
        id,
        rules.immutableTags,
        immutable.like,
        immutable.unlike,
        rules.expiry?.tags ?? [],
        expiring.like,
        expiring.unlike,
        rules.expiry?.after ?? null,
        rules.expiry ? parseDuration(rules.expiry.after) : null,
        rules.retention ? JSON.stringify(rules.retention) : null,
      ],
    );
  }
}

function toLifecycle(row: RulesRow): Lifecycle {
  return {
    immutableTags: row.immutable_tags,
    expiry: row.expires_after === null ? null : { tags: row.expiring_tags, after: row.expires_after },
    retention: row.retention as Lifecycle['retention'],
  };
}
