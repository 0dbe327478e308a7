import type { RepositoryName } from '@berth/oci';
import { Inject, Injectable } from '@nestjs/common';
import type { QueryResultRow } from 'pg';
import { Database } from '../database/database.js';
import { AccessService } from './access.service.js';
import { type AccessFacts, toAccessFacts } from './access-facts.js';
import {
  type AccessRow,
  accessColumns,
  accessCte,
  principalCte,
  requestCte,
  requestParameters,
} from './access-sql.js';
import { authorizeApi } from './api-access.js';
import type { Requester } from './credential.js';
import { visibleRepositories } from './visible-repositories.js';

/** What a page shows of one repository as a prepared statement; made once by `repositoryView`. */
export interface RepositoryView {
  readonly name: string;
  readonly sql: string;
}

const ANONYMOUS_PULL_PARAMETER = 7;

/**
 * Makes a view's statement of its SELECT, which has to put `isShown` into the WHERE of `repositories repository`: then
 * nothing of a repository is read for who may not pull it, as if it were absent. What it shows of others passes
 * `isVisible`, the one scope, in the WHERE of a `repositories repository` of its own. The SELECT's own parameters start
 * at $8; `p` is who asks, and `order` names the SELECT's columns behind `found.`.
 */
export function repositoryView(
  name: string,
  select: (isShown: string, isVisible: string) => string,
  order = 'p.ord',
): RepositoryView {
  const isVisible = visibleRepositories({ isAnonymousPullAllowed: ANONYMOUS_PULL_PARAMETER });
  const sql = `
    WITH ${requestCte}, ${principalCte}, ${accessCte}
    SELECT ${accessColumns}, found.*
    FROM access a JOIN principal p ON p.ord = a.ord
    LEFT JOIN LATERAL (
      SELECT true AS is_found, shown.*
      FROM (${select(`repository.id = a.repository_id AND ${isVisible}`, isVisible)}) shown
    ) found ON true
    ORDER BY ${order}`;
  return { name, sql };
}

/** Reads what pages show of one repository. */
@Injectable()
export class RepositoryViews {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(AccessService) private readonly access: AccessService,
  ) {}

  /** One round trip, whether or not there is such a repository. Throws what `authorizeApi` throws. */
  async query<Row extends QueryResultRow>(
    requester: Requester,
    name: RepositoryName,
    view: RepositoryView,
    values: readonly unknown[] = [],
  ): Promise<{ facts: AccessFacts; repositoryId: string; rows: Row[] }> {
    const { credential } = requester;
    const rows = await this.database.query<AccessRow & Row & { is_found: true | null }>(
      view.sql,
      [
        ...requestParameters([{ credential, repositoryName: name.value }]),
        this.access.settings.isAnonymousPullAllowed,
        ...values,
      ],
      view.name,
    );
    const [first] = rows;
    if (!first) throw new Error('the access look-up answered no row');
    const facts = toAccessFacts(first);
    const { repositoryId } = authorizeApi(requester, facts, 'pull', this.access.settings);
    return { facts, repositoryId, rows: rows.filter(({ is_found }) => is_found) };
  }
}
