import type { Digest } from '@berth/oci';
import { Inject, Injectable } from '@nestjs/common';
import { AccessService } from '../access/access.service.js';
import {
  type AskedName,
  challengeScope,
  hasEntry,
  isCovered,
  type RegistryRequest,
} from '../access/registry-access.js';
import { Unauthorized } from '../errors/domain-errors.js';
import { BlobRecordStore } from './blob.store.js';

/** Blobs that another repository has already (distribution spec, "Mounting a blob from another repository"). */
@Injectable()
export class MountsService {
  constructor(
    @Inject(BlobRecordStore) private readonly blobs: BlobRecordStore,
    @Inject(AccessService) private readonly access: AccessService,
  ) {}

  /**
   * A token that does not even mention `from` is sent back for one that does, before anything is looked up.
   * @throws Unauthorized naming both scopes
   */
  requireEntry(request: RegistryRequest, from: AskedName): void {
    const { claims } = request.requester;
    if (!claims || hasEntry(claims, from.name)) return;
    const scopes = [challengeScope(request.repository.asked, 'push'), challengeScope(from.asked, 'pull')];
    throw new Unauthorized(
      scopes,
      'insufficient_scope',
      'To mount from another repository, ask for a token for both.',
    );
  }

  /**
   * Links the blob into the repository if the requester may pull it from `from`, or from anywhere; answers its size if
   * it did.
   */
  async mountBlob(
    request: RegistryRequest,
    repositoryId: string,
    digest: Digest,
    from: AskedName | undefined,
  ): Promise<number | undefined> {
    const blobId = from ? await this.findIn(request, digest, from) : await this.findVisible(request, digest);
    return blobId === undefined ? undefined : this.blobs.link(repositoryId, blobId);
  }

  private async findIn(
    { requester }: RegistryRequest,
    digest: Digest,
    from: AskedName,
  ): Promise<string | undefined> {
    const { facts, blob } = await this.blobs.lookUp({
      credential: requester.credential,
      repositoryName: from.name.value,
      digest: digest.text,
    });
    const isReadable = this.access.allows(facts, 'pull');
    const isAsked = requester.presented !== 'bearer' || isCovered(requester.claims, from.name, facts, 'pull');
    return isReadable && isAsked ? blob?.id : undefined;
  }

  private findVisible({ requester }: RegistryRequest, digest: Digest): Promise<string | undefined> {
    return this.blobs.findVisible(requester.credential, digest, this.access.settings.isAnonymousPullAllowed);
  }
}
