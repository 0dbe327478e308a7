import {
  formatReference,
  type ParsedManifest,
  parseManifest,
  type Reference,
  type RepositoryName,
} from '@berth/oci';
import { Inject, Injectable } from '@nestjs/common';
import type { Requester } from '../access/credential.js';
import { NotFound } from '../errors/domain-errors.js';
import { type ManifestDetail, ManifestDetailStore } from './manifest-detail.store.js';

export interface ShownManifest {
  readonly detail: ManifestDetail;
  readonly parsed: ParsedManifest;
}

/** Manifests as pages show them. */
@Injectable()
export class ManifestDetails {
  constructor(@Inject(ManifestDetailStore) private readonly manifests: ManifestDetailStore) {}

  /** One round trip. Throws what `authorizeApi` throws, and `NotFound`. */
  async findManifest(
    requester: Requester,
    name: RepositoryName,
    reference: Reference,
  ): Promise<ShownManifest> {
    const detail = await this.manifests.find(requester, name, reference);
    if (!detail) throw new NotFound(`${name.shown} has no "${formatReference(reference)}" (any more).`);
    return { detail, parsed: parseManifest(detail.bytes, detail.mediaType) };
  }
}
