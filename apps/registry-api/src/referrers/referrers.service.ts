import type { Digest } from '@berth/oci';
import { Inject, Injectable } from '@nestjs/common';
import { AccessService } from '../access/access.service.js';
import type { AccessFacts } from '../access/access-facts.js';
import { authorize, type RegistryRequest } from '../access/registry-access.js';
import { NameUnknown } from '../errors/domain-errors.js';
import { type ReferrerRecord, ReferrerStore } from './referrer.store.js';

@Injectable()
export class ReferrersService {
  constructor(
    @Inject(ReferrerStore) private readonly referrers: ReferrerStore,
    @Inject(AccessService) private readonly access: AccessService,
  ) {}

  /** The manifests whose subject is this digest, present or not, by digest; one more than `size` if there is more. */
  async listReferrers(
    request: RegistryRequest,
    subject: Digest,
    page: { readonly artifactType?: string; readonly last?: string; readonly size: number },
  ): Promise<readonly ReferrerRecord[]> {
    const { facts, referrers } = await this.referrers.lookUp(
      request.requester.credential,
      request.repository.name,
      subject,
      {
        artifactType: page.artifactType,
        last: page.last ?? '',
        limit: page.size + 1,
      },
    );
    this.requirePull(request, facts);
    return referrers;
  }

  /** Who may make the repository finds no referrers in it yet, rather than no repository (conformance suite, "empty"). */
  private requirePull(request: RegistryRequest, facts: AccessFacts): void {
    try {
      authorize(request, facts, this.access.settings);
    } catch (error) {
      if (!(error instanceof NameUnknown && this.access.mayCreate(facts))) throw error;
    }
  }
}
