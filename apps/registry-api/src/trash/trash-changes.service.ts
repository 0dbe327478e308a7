import { InvalidRepositoryName, RepositoryName } from '@berth/oci';
import { Inject, Injectable } from '@nestjs/common';
import type { AccessFacts } from '../access/access-facts.js';
import { actorOf } from '../access/actor.js';
import type { Requester } from '../access/credential.js';
import { AuditService } from '../audit/audit.service.js';
import type { AuditAction } from '../audit/audit-entry.js';
import { Database, type SqlClient, violatedUnique } from '../database/database.js';
import { Conflict, RequestInvalid } from '../errors/domain-errors.js';
import { RepositoryPurgeStore } from './repository-purge.store.js';
import { notInTrash, TrashAccess } from './trash-access.js';
import { TrashedMarksStore } from './trashed-marks.store.js';

/** Restores repositories and namespaces, or removes them for good. */
@Injectable()
export class TrashChanges {
  constructor(
    @Inject(TrashAccess) private readonly trash: TrashAccess,
    @Inject(TrashedMarksStore) private readonly marks: TrashedMarksStore,
    @Inject(RepositoryPurgeStore) private readonly purges: RepositoryPurgeStore,
    @Inject(Database) private readonly database: Database,
    @Inject(AuditService) private readonly audit: AuditService,
  ) {}

  /**
   * Under its own name or another one in its namespace; answers that. Throws `NotFound`, `RequestInvalid` for a name
   * that cannot be, and `Conflict` for one that is taken.
   */
  async restoreRepository(requester: Requester, id: string, as?: string): Promise<RepositoryName> {
    const { repository, facts } = await this.trash.requireRepository(requester, id);
    const name = RepositoryName.parse(as === undefined ? repository.name : nameIn(repository.namespace, as));
    try {
      await this.change(requester, facts, 'repository.restore', `repository:${name.shown}`, (client) =>
        this.marks.restoreRepository(client, id, name.value, actorOf(requester, facts).name),
      );
    } catch (error) {
      if (violatedUnique(error) !== 'repositories_name_uq') throw error;
      const sentence = `There is a repository "${name.shown}" again: restore this one under another name, as in {"name": "${name.shown}-restored"}.`;
      throw new Conflict(sentence, undefined, { cause: error });
    }
    return name;
  }

  /** With all that was in it; answers its name. Throws `NotFound`. */
  async restoreNamespace(requester: Requester, id: string): Promise<string> {
    const { namespace, facts } = await this.trash.requireNamespace(requester, id);
    await this.change(requester, facts, 'namespace.restore', `namespace:${namespace.name}`, (client) =>
      this.marks.restoreNamespace(client, id),
    );
    return namespace.name;
  }

  /** Throws `NotFound`, and `RequestInvalid` unless `typed` is its name. */
  async purgeRepository(requester: Requester, id: string, typed: string): Promise<void> {
    const { repository, facts } = await this.trash.requireRepository(requester, id);
    const { shown } = RepositoryName.parse(repository.name);
    requireTyped(typed, shown);
    await this.change(requester, facts, 'repository.purge', `repository:${shown}`, (client) =>
      this.marks.claimRepository(client, id),
    );
    await this.purges.remove(id);
  }

  /** Its name stays taken, and its repositories are removed by the next sweep. Throws as `purgeRepository`. */
  async purgeNamespace(requester: Requester, id: string, typed: string): Promise<void> {
    const { namespace, facts } = await this.trash.requireNamespace(requester, id);
    requireTyped(typed, namespace.name);
    await this.change(requester, facts, 'namespace.purge', `namespace:${namespace.name}`, (client) =>
      this.marks.purgeNamespace(client, id),
    );
  }

  private async change(
    requester: Requester,
    facts: AccessFacts,
    action: AuditAction,
    object: string,
    work: (client: SqlClient) => Promise<boolean>,
  ): Promise<void> {
    await this.database.transaction(async (client) => {
      if (!(await work(client))) throw notInTrash();
      await this.audit.record({ actor: actorOf(requester, facts), action, object }, client);
    });
  }
}

/** Throws `RequestInvalid` for what is no name of this namespace. */
function nameIn(namespace: string, text: string): string {
  try {
    const name = RepositoryName.parse(text);
    if (name.namespace === namespace) return name.value;
  } catch (error) {
    if (!(error instanceof InvalidRepositoryName)) throw error;
    throw new RequestInvalid(`"name": ${error.message}`, undefined, { cause: error });
  }
  throw new RequestInvalid(`"name" must be one of the namespace "${namespace}".`);
}

/** Throws `RequestInvalid` unless the name was typed, to say that it is meant. */
export function requireTyped(typed: string, name: string): void {
  if (typed !== name) throw new RequestInvalid(`Type the name "${name}" to remove it for good.`);
}
