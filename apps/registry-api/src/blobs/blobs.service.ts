import { Digest } from '@berth/oci';
import {
  BlobMissing,
  type BlobStore,
  type ByteRange,
  type OpenedBlob,
  RangeNotSatisfiable,
} from '@berth/storage';
import { Inject, Injectable } from '@nestjs/common';
import { AccessService } from '../access/access.service.js';
import type { AccessFacts } from '../access/access-facts.js';
import { authorize, changeOf, type RegistryRequest } from '../access/registry-access.js';
import { BlobUnknown, StillReferenced } from '../errors/domain-errors.js';
import { limits } from '../limits.js';
import { type BlobRecord, BlobRecordStore } from './blob.store.js';
import { BLOB_STORE } from './blob-store.provider.js';
import { ContentCache } from './content-cache.js';

export interface FoundBlob extends BlobRecord {
  /** Decides how an answer may be cached. */
  readonly isPublic: boolean;
}

/** Where the bytes of a blob come from: this process, the store, or the store itself by a redirect. */
export type BlobContent =
  | { readonly kind: 'bytes'; readonly bytes: Buffer }
  | { readonly kind: 'stream'; readonly opened: OpenedBlob }
  | { readonly kind: 'redirect'; readonly url: string };

const PRESIGNED_SECONDS = 60;

@Injectable()
export class BlobsService {
  constructor(
    @Inject(BlobRecordStore) private readonly blobs: BlobRecordStore,
    @Inject(BLOB_STORE) private readonly store: BlobStore,
    @Inject(AccessService) private readonly access: AccessService,
    @Inject(ContentCache) private readonly cache: ContentCache,
  ) {}

  /** One round trip. Throws `BlobUnknown`, and what `authorize` throws. */
  async findBlob(request: RegistryRequest, digest: Digest): Promise<FoundBlob> {
    const { facts, blob } = await this.lookUp(request, digest);
    return { ...blob, isPublic: facts.repository?.isPublic ?? false };
  }

  /**
   * The same for who asks before a push: the answer holds for the push, since it keeps the blob from being collected.
   * One round trip more for who may push. Throws the same.
   */
  async findBlobForPush(request: RegistryRequest, digest: Digest): Promise<FoundBlob> {
    const { facts, blob } = await this.lookUp(request, digest);
    const { id, isPublic } = facts.repository!;
    if (this.access.allows(facts, 'push') && !(await this.blobs.touch(id, blob.id))) {
      throw new BlobUnknown(digest.text);
    }
    return { ...blob, isPublic };
  }

  /**
   * Opens the bytes. A store that has lost or cut them, or changed those of a small blob, marks the blob damaged and
   * answers `BlobUnknown`, so that clients push it again, which heals it.
   */
  async openBlob(blob: FoundBlob, range?: ByteRange): Promise<BlobContent> {
    const held = this.cache.get(blob.digest);
    if (held) return { kind: 'bytes', bytes: range ? held.subarray(range.start, range.end) : held };
    const url = await this.store.presignGet(blob.storageKey, { expiresInSeconds: PRESIGNED_SECONDS });
    if (url !== undefined) return { kind: 'redirect', url };
    if (blob.sizeBytes <= limits.cachedBlobBytes) return this.readSmall(blob, range);
    return { kind: 'stream', opened: await this.openChecked(blob, range) };
  }

  /** Throws `StillReferenced` with the manifests that need it, `BlobUnknown`. */
  async deleteBlob(request: RegistryRequest, digest: Digest): Promise<void> {
    const facts = await this.access.factsOn(request.requester.credential, request.repository.name);
    authorize(request, facts, this.access.settings);
    const { isRemoved, parents } = await this.blobs.unlink(
      facts.repository!.id,
      digest,
      changeOf(request, facts),
    );
    if (parents.length > 0) throw new StillReferenced('blob', parents);
    if (!isRemoved) throw new BlobUnknown(digest.text);
  }

  private async lookUp(
    request: RegistryRequest,
    digest: Digest,
  ): Promise<{ facts: AccessFacts; blob: BlobRecord }> {
    const { facts, blob } = await this.blobs.lookUp({
      credential: request.requester.credential,
      repositoryName: request.repository.name.value,
      digest: digest.text,
    });
    authorize(request, facts, this.access.settings);
    if (!blob) throw new BlobUnknown(digest.text);
    return { facts, blob };
  }

  private async readSmall(blob: FoundBlob, range?: ByteRange): Promise<BlobContent> {
    const opened = await this.openChecked(blob);
    const chunks: Buffer[] = [];
    for await (const chunk of opened.chunks()) chunks.push(Buffer.from(chunk));
    const bytes = Buffer.concat(chunks);
    const { algorithm } = Digest.parse(blob.digest);
    if (Digest.ofBytes(bytes, algorithm).text !== blob.digest) return this.refuseDamaged(blob);
    this.cache.set(blob.digest, bytes);
    return { kind: 'bytes', bytes: range ? bytes.subarray(range.start, range.end) : bytes };
  }

  private async openChecked(blob: FoundBlob, range?: ByteRange): Promise<OpenedBlob> {
    try {
      const opened = await this.store.open(blob.storageKey, range);
      if (opened.sizeBytes === blob.sizeBytes) return opened;
      await opened.close();
    } catch (error) {
      if (!(error instanceof BlobMissing || error instanceof RangeNotSatisfiable)) throw error;
    }
    return this.refuseDamaged(blob);
  }

  private async refuseDamaged(blob: FoundBlob): Promise<never> {
    await this.blobs.markDamaged(blob);
    throw new BlobUnknown(blob.digest);
  }
}
