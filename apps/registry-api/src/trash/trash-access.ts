import { Inject, Injectable } from '@nestjs/common';
import { AccessService } from '../access/access.service.js';
import type { AccessFacts } from '../access/access-facts.js';
import type { Requester } from '../access/credential.js';
import { allowsInNamespace, mayRestoreNamespace } from '../access/policy.js';
import { ENV, type Env } from '../env.js';
import { NotFound } from '../errors/domain-errors.js';
import { TrashedMarksStore, type TrashedNamespace, type TrashedRepository } from './trashed-marks.store.js';

/** Who may restore or purge what: what is not in trash and what is not the requester's are both `NotFound`. */
@Injectable()
export class TrashAccess {
  constructor(
    @Inject(TrashedMarksStore) private readonly marks: TrashedMarksStore,
    @Inject(AccessService) private readonly access: AccessService,
    @Inject(ENV) private readonly env: Env,
  ) {}

  async requireRepository(
    requester: Requester,
    id: string,
  ): Promise<{ repository: TrashedRepository; facts: AccessFacts }> {
    const repository = await this.marks.findRepository(id, this.env.trashDays);
    const facts = await this.access.factsOnNamespace(requester.credential, repository?.namespace ?? '');
    if (!repository || !allowsInNamespace(facts, 'restore')) throw notInTrash();
    return { repository, facts };
  }

  async requireNamespace(
    requester: Requester,
    id: string,
  ): Promise<{ namespace: TrashedNamespace; facts: AccessFacts }> {
    const namespace = await this.marks.findNamespace(id, this.env.trashDays);
    const facts = await this.access.factsOnNamespace(requester.credential, namespace?.name ?? '');
    if (!namespace || !mayRestoreNamespace(facts)) throw notInTrash();
    return { namespace, facts };
  }
}

export function notInTrash(): NotFound {
  return new NotFound('There is no such thing in trash, or you may not restore it.');
}
