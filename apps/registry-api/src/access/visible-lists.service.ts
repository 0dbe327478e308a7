import type { ResourceScope } from '@berth/auth';
import { Inject, Injectable } from '@nestjs/common';
import type { QueryResultRow } from 'pg';
import { Database } from '../database/database.js';
import { Unauthorized } from '../errors/domain-errors.js';
import { AccessService } from './access.service.js';
import { type CredentialProblem } from './access-facts.js';
import { plannedRequestCte, principalCte, requestCte, requestParameters } from './access-sql.js';
import type { Requester } from './credential.js';
import { problemSentence } from './registry-access.js';
import { visibleRepositories } from './visible-repositories.js';

/** A list of visible repositories as a statement, with a name a prepared one; made once by `visibleList`. */
export interface VisibleList {
  readonly name?: string;
  readonly sql: string;
}

const ANONYMOUS_PULL_PARAMETER = 7;

/**
 * Makes a list's statement of its SELECT, which has to put `isVisible` into the WHERE of `repositories repository`.
 * The SELECT's own parameters start at $8; `order` names its columns behind `found.`.
 */
export function visibleList(name: string, select: (isVisible: string) => string, order: string): VisibleList {
  return { name, sql: listSql(requestCte, select, order) };
}

/** The same for a statement of many shapes, or one whose best plan depends on its values. */
export function unpreparedList(select: (isVisible: string) => string, order: string): VisibleList {
  return { sql: listSql(plannedRequestCte, select, order) };
}

function listSql(request: string, select: (isVisible: string) => string, order: string): string {
  const isVisible = visibleRepositories({ isAnonymousPullAllowed: ANONYMOUS_PULL_PARAMETER });
  return `
    WITH ${request}, ${principalCte}
    SELECT p.credential_problem, found.*
    FROM principal p LEFT JOIN LATERAL (${select(isVisible)}) found ON true
    ORDER BY ${order}`;
}

/** Runs the lists: every one passes the one scope, and none has a filter of its own for who may see what. */
@Injectable()
export class VisibleLists {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(AccessService) private readonly access: AccessService,
  ) {}

  /**
   * One round trip. A list that found nothing answers one row, all of whose columns are null.
   * Throws `Unauthorized`, asking for `scopes`, when the requester's credential does not count (any more).
   */
  async query<Row extends QueryResultRow>(
    requester: Requester,
    list: VisibleList,
    values: readonly unknown[],
    scopes: readonly ResourceScope[] = [],
  ): Promise<Row[]> {
    const { credential, presented } = requester;
    const rows = await this.database.query<Row & { credential_problem: CredentialProblem | null }>(
      list.sql,
      [
        ...requestParameters([{ credential, repositoryName: '' }]),
        this.access.settings.isAnonymousPullAllowed,
        ...values,
      ],
      list.name,
    );
    const problem = rows[0]?.credential_problem;
    if (!problem) return rows;
    throw new Unauthorized(
      scopes,
      presented === 'bearer' && scopes.length > 0 ? 'insufficient_scope' : undefined,
      problemSentence(problem),
    );
  }
}
