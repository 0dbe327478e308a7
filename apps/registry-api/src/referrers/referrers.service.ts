import type { Digest } from '@berth/oci';
import { Inject, Injectable } from '@nestjs/common';
import { AccessService } from '../access/access.service.js';
import { authorize, type RegistryRequest } from '../access/registry-access.js';
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
    authorize(request, facts, this.access.settings);
    return referrers;
  }
}
