import type { Digest } from '@berth/oci';
import { Inject, Injectable } from '@nestjs/common';
import { AccessService } from '../access/access.service.js';
import type { AccessFacts } from '../access/access-facts.js';
import { authorize, type RegistryRequest } from '../access/registry-access.js';
import type { Page } from '../base/pagination.js';
import { NameUnknown } from '../errors/domain-errors.js';
import { limits } from '../limits.js';
import { type ReferrerRecord, ReferrerStore } from './referrer.store.js';

@Injectable()
export class ReferrersService {
  constructor(
    @Inject(ReferrerStore) private readonly referrers: ReferrerStore,
    @Inject(AccessService) private readonly access: AccessService,
  ) {}

  /**
   * The manifests whose subject is this digest, present or not, by digest. `size` is that of the page: what was asked
   * for, or as many as fit into `limits.manifestBytes`, since clients read no larger index. There is one more than
   * that if there is more.
   */
  async listReferrers(
    request: RegistryRequest,
    subject: Digest,
    page: Page & { readonly artifactType?: string },
  ): Promise<{ found: readonly ReferrerRecord[]; size: number }> {
    const isPossible = !page.artifactType?.includes('\0'); // which no manifest has, and Postgres does not take
    const { facts, referrers } = await this.referrers.lookUp(
      request.requester.credential,
      request.repository.name,
      subject,
      {
        artifactType: isPossible ? page.artifactType : undefined,
        last: page.last ?? '',
        limit: isPossible ? page.size + 1 : 0,
        limitBytes: limits.manifestBytes,
      },
    );
    this.requirePull(request, facts);
    const fitting = referrers.findIndex(({ fits }) => !fits);
    return { found: referrers, size: fitting === -1 ? page.size : Math.min(page.size, fitting) };
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
