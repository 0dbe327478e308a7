import { Inject, Injectable } from '@nestjs/common';
import { AccessService } from '../access/access.service.js';
import type { AccessFacts } from '../access/access-facts.js';
import { requireCounting } from '../access/api-access.js';
import type { Requester } from '../access/credential.js';
import { allowsInNamespace, type NamespaceAction } from '../access/policy.js';
import { Denied, NotFound } from '../errors/domain-errors.js';
import type { NamespaceKind } from './namespace.store.js';

/** A namespace in which the requester may do what it asked for. */
export interface OpenNamespace {
  readonly id: string;
  readonly name: string;
  readonly kind: NamespaceKind;
  readonly facts: AccessFacts;
}

/** The answers of `/api/v1` to who may do what to a namespace. */
@Injectable()
export class NamespaceAccess {
  constructor(@Inject(AccessService) private readonly access: AccessService) {}

  /**
   * One round trip. Throws `NotFound` for a namespace that is absent or not the requester's, also when its name is
   * known from public repositories; `Denied` for one of its own in which it may not do this; `Unauthorized`.
   */
  async require(requester: Requester, name: string, action: NamespaceAction): Promise<OpenNamespace> {
    const facts = await this.access.factsOnNamespace(requester.credential, name);
    requireCounting(facts);
    if (!facts.namespace || !allowsInNamespace(facts, 'view')) throw new NotFound(notThere);
    if (!allowsInNamespace(facts, action)) {
      throw new Denied(action === 'inspect' ? needsScope : needsOwner);
    }
    return { id: facts.namespace.id, name, kind: facts.namespace.kind, facts };
  }
}

const notThere = 'There is no such namespace, or you are no member of it.';
const needsScope = 'This credential may not do this: use an access token with the scope admin, or sign in.';
const needsOwner =
  'You may not do this here: it takes an owner of the namespace, and of an access token the scope admin.';
