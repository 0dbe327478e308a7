import type { RepositoryName } from '@berth/oci';
import { Inject, Injectable } from '@nestjs/common';
import { BatchLoader } from '../database/batch-loader.js';
import { Database, IN_BACKGROUND } from '../database/database.js';
import { ENV, type Env } from '../env.js';
import { type AccessFacts, toAccessFacts } from './access-facts.js';
import {
  type AccessQuestion,
  type AccessRow,
  accessColumns,
  accessCte,
  principalCte,
  questionKey,
  requestCte,
  requestParameters,
} from './access-sql.js';
import { AccessStatement } from './access-statement.js';
import type { Credential } from './credential.js';
import { type AccessSettings, type Action, allowedActions, allows, mayCreate } from './policy.js';

const select = `SELECT ${accessColumns} FROM access a ORDER BY a.ord`;
const access = new AccessStatement('access', select);
const accessInBackground = `${IN_BACKGROUND} WITH ${requestCte}, ${principalCte}, ${accessCte} ${select}`;

/** Asks the database for the facts of an access decision, and the policy for the decision. */
@Injectable()
export class AccessService {
  readonly settings: AccessSettings;
  private readonly loader: BatchLoader<AccessQuestion, AccessFacts>;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ENV) env: Env,
  ) {
    this.settings = { isAnonymousPullAllowed: env.isAnonymousPullAllowed };
    this.loader = new BatchLoader((questions) => this.load(questions), questionKey);
  }

  /** One round trip, shared with the look-ups of the same turn. */
  async factsOn(credential: Credential, name: RepositoryName): Promise<AccessFacts> {
    return this.loader.get({ credential, repositoryName: name.value });
  }

  /** Facts of one credential on several names, in their order; one round trip. */
  async factsOnAll(credential: Credential, names: readonly RepositoryName[]): Promise<AccessFacts[]> {
    return this.load(names.map((name) => ({ credential, repositoryName: name.value })));
  }

  /** Facts on the bare name of a namespace, for `allowsInNamespace`; shares a round trip as `factsOn` does. */
  async factsOnNamespace(credential: Credential, namespace: string): Promise<AccessFacts> {
    return this.loader.get({ credential, repositoryName: namespace });
  }

  /** Who a credential is, without any repository. */
  async whoIs(credential: Credential): Promise<AccessFacts> {
    return this.loader.get({ credential, repositoryName: '' });
  }

  /** For what no request waits for: the facts of each question, in their order; one round trip. */
  async factsInBackground(questions: readonly AccessQuestion[]): Promise<AccessFacts[]> {
    const rows = await this.database.query<AccessRow>(accessInBackground, requestParameters(questions));
    return rows.map(toAccessFacts);
  }

  allows(facts: AccessFacts, action: Action): boolean {
    return allows(facts, action, this.settings);
  }

  mayCreate(facts: AccessFacts): boolean {
    return mayCreate(facts);
  }

  allowedActions(facts: AccessFacts): Action[] {
    return allowedActions(facts, this.settings);
  }

  private async load(questions: readonly AccessQuestion[]): Promise<AccessFacts[]> {
    return (await access.query(this.database, questions)).map(toAccessFacts);
  }
}
