import type { QueryResultRow } from 'pg';
import type { SqlClient } from '../database/database.js';
import {
  type AccessQuestion,
  type AccessRow,
  type AccessTables,
  accessOf,
  principalOf,
  requestCte,
  requestParameters,
} from './access-sql.js';
import type { Credential } from './credential.js';

/**
 * A prepared statement about who may do what: `select` reads `access a`, with parameters of its own from $7. A batch
 * looks only into the tables that its credentials need: half of what a look-up costs Postgres is to set up joins.
 */
export class AccessStatement {
  private readonly texts = new Map<string, { readonly sql: string; readonly name: string }>();

  constructor(
    private readonly name: string,
    private readonly select: string,
  ) {}

  /** One round trip; a row for each question, in their order, unless `select` says otherwise. */
  query<Row extends QueryResultRow>(
    client: SqlClient,
    questions: readonly AccessQuestion[],
    more: readonly unknown[] = [],
  ): Promise<(AccessRow & Row)[]> {
    const { sql, name } = this.textFor(questions);
    return client.query<AccessRow & Row>(sql, [...requestParameters(questions), ...more], name);
  }

  private textFor(questions: readonly AccessQuestion[]): { readonly sql: string; readonly name: string } {
    const kinds = new Set(questions.map(({ credential }) => credential.kind));
    const key = [...kinds].sort().join(' ');
    const known = this.texts.get(key);
    if (known) return known;
    const tables = tablesFor(kinds);
    const sql = `WITH ${requestCte}, ${principalOf(tables)}, ${accessOf(tables)} ${this.select}`;
    const text = { sql, name: `${this.name} ${key}` };
    this.texts.set(key, text);
    return text;
  }
}

function tablesFor(kinds: ReadonlySet<Credential['kind']>): AccessTables {
  return {
    users: kinds.has('user') || kinds.has('access_token') || kinds.has('session'),
    accessTokens: kinds.has('access_token'),
    sessions: kinds.has('session'),
    robots: kinds.has('robot'),
  };
}
