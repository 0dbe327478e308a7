import { Inject, Injectable } from '@nestjs/common';
import type { Role } from '../access/access-facts.js';
import type { Requester } from '../access/credential.js';
import { VisibleLists, visibleList } from '../access/visible-lists.service.js';
import { isSeenByMember } from '../access/visible-namespaces.js';
import type { SqlClient } from '../database/database.js';

export type NamespaceKind = 'user' | 'organization' | 'instance';

export interface Namespace {
  readonly name: string;
  readonly kind: NamespaceKind;
  /** Of those that the requester may pull now, up to `MAX_COUNTED`. */
  readonly repositoryCount: number;
  /** The requester's own. */
  readonly role?: Role;
  /** What members and admins see. */
  readonly inside?: { readonly description: string; readonly createdAt: Date };
}

interface NamespaceRow {
  readonly name: string | null;
  readonly kind: NamespaceKind;
  readonly repository_count: number;
  readonly role: Role | null;
  readonly is_seen_by_member: boolean | null;
  readonly description: string;
  readonly created_at: Date;
}

const MAX_COUNTED = 1000;

/** A namespace shows itself to its members, and its bare name to who sees a repository in it. */
function namespaceSelect(isVisible: string, condition: string): string {
  return `
    SELECT namespace.name, namespace.kind, namespace.description, namespace.created_at, visible.repository_count,
      ${isSeenByMember} AS is_seen_by_member,
      coalesce(member.role::text, CASE
        WHEN namespace.kind = 'instance' AND p.is_admin THEN 'owner'
        WHEN namespace.id = p.robot_namespace_id THEN 'maintainer' END) AS role
    FROM namespaces namespace
    LEFT JOIN namespace_members member ON member.namespace_id = namespace.id AND member.user_id = p.user_id
    CROSS JOIN LATERAL (
      SELECT count(*)::int AS repository_count FROM (
        SELECT FROM repositories repository WHERE repository.namespace_id = namespace.id AND ${isVisible}
        LIMIT ${MAX_COUNTED}
      ) counted
    ) visible
    WHERE namespace.deleted_at IS NULL AND (${isSeenByMember} OR visible.repository_count > 0) AND ${condition}`;
}

const findList = visibleList(
  'namespace-find',
  (isVisible) => namespaceSelect(isVisible, 'namespace.name = $8'),
  'found.name',
);

const pageList = visibleList(
  'namespace-list',
  (isVisible) =>
    `${namespaceSelect(
      isVisible,
      `($8::text IS NULL OR namespace.name > $8) AND ($10::boolean OR member.user_id IS NOT NULL
        OR namespace.id = p.robot_namespace_id OR (namespace.kind = 'instance' AND p.is_admin))`,
    )} ORDER BY namespace.name LIMIT $9`,
  'found.name',
);

@Injectable()
export class NamespaceStore {
  constructor(@Inject(VisibleLists) private readonly lists: VisibleLists) {}

  /** One round trip, whether or not there is such a namespace for the requester. Throws `Unauthorized`. */
  async find(requester: Requester, name: string): Promise<Namespace | undefined> {
    const rows = await this.lists.query<NamespaceRow>(requester, findList, [name]);
    return rows.flatMap(toNamespace)[0];
  }

  /** By name, after `last`: those the requester belongs to, or all of which it sees anything. Throws `Unauthorized`. */
  async list(
    requester: Requester,
    page: { readonly last?: string; readonly limit: number; readonly all: boolean },
  ): Promise<Namespace[]> {
    const values = [page.last ?? null, page.limit, page.all];
    const rows = await this.lists.query<NamespaceRow>(requester, pageList, values);
    return rows.flatMap(toNamespace);
  }

  /** An organization with one owner; false when the name is or was taken. */
  async create(client: SqlClient, name: string, description: string, ownerId: string): Promise<boolean> {
    const made = await client.query(
      `WITH made AS (
         INSERT INTO namespaces (name, kind, description) VALUES ($1, 'organization', $2)
         ON CONFLICT DO NOTHING RETURNING id
       )
       INSERT INTO namespace_members (namespace_id, user_id, role) SELECT id, $3, 'owner' FROM made RETURNING user_id`,
      [name, description, ownerId],
    );
    return made.length > 0;
  }

  async describe(client: SqlClient, id: string, description: string): Promise<void> {
    await client.query('UPDATE namespaces SET description = $2 WHERE id = $1 AND deleted_at IS NULL', [
      id,
      description,
    ]);
  }

  /** Keeps changes of members and teams in one order. False when it has been deleted meanwhile. */
  async lock(client: SqlClient, id: string): Promise<boolean> {
    const locked = await client.query(
      'SELECT id FROM namespaces WHERE id = $1 AND deleted_at IS NULL FOR NO KEY UPDATE',
      [id],
    );
    return locked.length > 0;
  }

  /**
   * Puts it into trash with all that belongs to it: the same work whatever it holds. Its name stays taken. The lock
   * waits for repositories that are being made in it. False when it has been deleted meanwhile.
   */
  async delete(client: SqlClient, id: string, by: string): Promise<boolean> {
    await client.query('SELECT id FROM namespaces WHERE id = $1 FOR UPDATE', [id]);
    const deleted = await client.query(
      'UPDATE namespaces SET deleted_at = now(), deleted_by = $2 WHERE id = $1 AND deleted_at IS NULL RETURNING id',
      [id, by],
    );
    return deleted.length > 0;
  }
}

function toNamespace(row: NamespaceRow): Namespace[] {
  if (row.name === null) return [];
  const inside = row.is_seen_by_member
    ? { description: row.description, createdAt: row.created_at }
    : undefined;
  return [
    {
      name: row.name,
      kind: row.kind,
      repositoryCount: row.repository_count,
      role: inside && (row.role ?? undefined),
      inside,
    },
  ];
}
