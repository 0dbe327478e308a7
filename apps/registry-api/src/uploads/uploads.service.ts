import type { Digest, DigestAlgorithm } from '@berth/oci';
import { Inject, Injectable } from '@nestjs/common';
import { AccessService } from '../access/access.service.js';
import { type AccessFacts, principalKey } from '../access/access-facts.js';
import { type AskedName, authorize, type RegistryRequest } from '../access/registry-access.js';
import { MountsService } from '../blobs/mounts.service.js';
import { QuotaExceeded, UploadUnknown } from '../errors/domain-errors.js';
import { QuotasService } from '../quotas/quotas.service.js';
import { type OpenRepository, RepositoriesService } from '../repositories/repositories.service.js';
import { readSmallBody } from './small-body.js';
import { offsetOf, type UploadRecord, type UploadSource, UploadStore } from './upload.store.js';
import type { UploadBody } from './upload-body.js';
import { settled, UploadLease } from './upload-lease.js';
import { type Chunk, digestOf, UploadWriter } from './upload-writer.js';

/** Where an upload stands. */
export interface UploadStatus {
  readonly id: string;
  readonly offsetBytes: number;
}

/** Blob upload sessions: begin, write, ask, cancel, finish (distribution spec, "Pushing blobs"). */
@Injectable()
export class UploadsService {
  constructor(
    @Inject(UploadStore) private readonly uploads: UploadStore,
    @Inject(UploadWriter) private readonly writer: UploadWriter,
    @Inject(AccessService) private readonly access: AccessService,
    @Inject(RepositoriesService) private readonly repositories: RepositoriesService,
    @Inject(MountsService) private readonly mounts: MountsService,
    @Inject(QuotasService) private readonly quotas: QuotasService,
  ) {}

  async beginUpload(request: RegistryRequest, algorithm: DigestAlgorithm): Promise<UploadStatus> {
    return this.begin(await this.openRepository(request), algorithm);
  }

  /** A mount that cannot be is an ordinary upload, told from one by nothing (spec, "Mounting a blob"). */
  async mountOrBegin(
    request: RegistryRequest,
    digest: Digest,
    from: AskedName | undefined,
  ): Promise<UploadStatus | { readonly mounted: Digest }> {
    const repository = await this.openRepository(request);
    const sizeBytes = await this.mounts.mountBlob(request, repository.id, digest, from);
    if (sizeBytes === undefined) return this.begin(repository, digest.algorithm);
    this.writer.track(repository.id).finish(digest.text, sizeBytes);
    return { mounted: digest };
  }

  /** A blob in a single POST. Nothing of it is kept when it is not whole. */
  async pushWhole(request: RegistryRequest, digest: Digest, body: UploadBody): Promise<void> {
    const { id: repositoryId } = await this.openRepository(request);
    const progress = this.writer.track(repositoryId);
    const small = await readSmallBody(body);
    const blob = small?.isWhole
      ? await this.writer.put(small.bytes, digest)
      : await this.writer.write(small ?? body, digest, progress);
    const finished = await this.uploads.finish({ repositoryId }, blob).catch(async (error: unknown) => {
      if (error instanceof QuotaExceeded) {
        progress.cancel();
        await this.writer.remove([blob.storageKey]);
      }
      throw error;
    });
    progress.finish(digest.text, blob.sizeBytes);
    await this.writer.remove(finished?.unusedKeys ?? []);
  }

  /** Streams a chunk to the end of the upload. Whatever arrived of a broken one is kept. */
  async appendChunk(request: RegistryRequest, uploadId: string, given: Chunk): Promise<UploadStatus> {
    const { repositoryId, upload } = await this.findUpload(request, uploadId, given);
    const small = isFirst(upload, given) ? await readSmallBody(given) : undefined;
    if (small?.isWhole && small.bytes.length > 0) {
      const digest = digestOf(small.bytes, upload.algorithm);
      if (await this.uploads.hold(uploadId, small.bytes, digest)) {
        this.writer.track(repositoryId, uploadId).advance(small.bytes.length, small.bytes.length);
        return { id: uploadId, offsetBytes: small.bytes.length };
      }
    }
    const chunk = { ...given, ...small };
    const lease = await UploadLease.claim(this.uploads, uploadId);
    const written = await this.writer.append(lease, chunk, {
      progress: this.writer.track(repositoryId, uploadId),
      location: uploadLocation(request, uploadId),
    });
    await lease.release(written);
    if (written.sourceError !== undefined) throw written.sourceError;
    return { id: uploadId, offsetBytes: offsetOf(written) };
  }

  async uploadStatus(request: RegistryRequest, uploadId: string): Promise<UploadStatus> {
    await this.findUpload(request, uploadId);
    await settled(this.uploads, uploadId);
    const { upload } = await this.lookUp(request, uploadId);
    return { id: uploadId, offsetBytes: offsetOf(upload) };
  }

  async cancelUpload(request: RegistryRequest, uploadId: string): Promise<void> {
    const { repositoryId } = await this.findUpload(request, uploadId);
    const lease = await UploadLease.claim(this.uploads, uploadId);
    await lease.remove();
    this.writer.track(repositoryId, uploadId).cancel();
    await this.writer.discard(lease.upload.state);
  }

  /**
   * The last request of an upload, with or without bytes. A wrong digest leaves the upload as it is, so that the
   * client can finish it with the right one or cancel it.
   */
  async finishUpload(
    request: RegistryRequest,
    uploadId: string,
    digest: Digest,
    given?: Chunk,
  ): Promise<void> {
    const { repositoryId, upload } = await this.findUpload(request, uploadId, given, digest);
    const progress = this.writer.track(repositoryId, uploadId);
    const small = given && isFirst(upload, given) ? await readSmallBody(given) : undefined;
    const whole = given ? (small?.isWhole ? small.bytes : undefined) : upload.held;
    if (whole && (await this.finishAtOnce(upload, whole, digest)))
      return progress.finish(digest.text, whole.length);
    const chunk = given && { ...given, ...small };
    const lease = await UploadLease.claim(this.uploads, uploadId);
    const location = uploadLocation(request, uploadId);
    const { algorithm } = digest;
    const written = chunk
      ? await this.writer.append(lease, chunk, { progress, location, algorithm })
      : lease.upload;
    const blob = await this.writer.finish(written, digest).catch(async (error: unknown) => {
      await lease.release(written);
      throw error;
    });
    const { unusedKeys } = await lease.finish(blob).catch(async (error: unknown) => {
      // What does not fit now is not kept for later.
      if (error instanceof QuotaExceeded) {
        await lease.remove();
        progress.cancel();
        await this.writer.discard(written.state);
      }
      throw error;
    });
    progress.finish(digest.text, blob.sizeBytes);
    await this.writer.remove(unusedKeys);
  }

  private async begin({ id, facts }: OpenRepository, algorithm: DigestAlgorithm): Promise<UploadStatus> {
    const upload = this.writer.begin(id, algorithm);
    await this.uploads.insert(upload, id, principalKey(facts.principal));
    return { id: upload.id, offsetBytes: 0 };
  }

  private async openRepository(request: RegistryRequest): Promise<OpenRepository> {
    return this.repositories.openForPush(await this.repositories.permitPush(request));
  }

  /**
   * Without a lease, since nothing is written where another request could. False for another digest, for what a quota
   * refuses, and when another request has changed the upload meanwhile: the lease then tells those apart.
   */
  private async finishAtOnce(upload: UploadRecord, bytes: Buffer, digest: Digest): Promise<boolean> {
    const known = digestOf(bytes, digest.algorithm);
    if (known !== digest.text) return false;
    const blob = await this.writer.put(bytes, digest, known);
    const source: UploadSource = { uploadId: upload.id, offsetBytes: offsetOf(upload) };
    const finished = await this.uploads.finish(source, blob).catch((error: unknown) => {
      if (error instanceof QuotaExceeded) return undefined;
      throw error;
    });
    await this.writer.remove(finished?.unusedKeys ?? [blob.storageKey]);
    return finished !== undefined;
  }

  /** Throws `QuotaExceeded` for a chunk that cannot fit, before a byte of it is read. */
  private async findUpload(
    request: RegistryRequest,
    uploadId: string,
    chunk?: Chunk,
    digest?: Digest,
  ): Promise<{ repositoryId: string; upload: UploadRecord }> {
    const { facts, upload, roomBytes } = await this.lookUp(request, uploadId);
    if (!facts.repository) throw new Error('an upload was found of no repository');
    const neededBytes = offsetOf(upload) + (chunk?.lengthBytes ?? 0);
    if (roomBytes !== undefined && chunk && neededBytes > roomBytes) {
      const refusal = await this.quotas.refusalOf(request.repository.name, neededBytes, digest?.text);
      if (refusal) throw refusal;
    }
    return { repositoryId: facts.repository.id, upload };
  }

  private async lookUp(
    request: RegistryRequest,
    uploadId: string,
  ): Promise<{ facts: AccessFacts; upload: UploadRecord; roomBytes?: number }> {
    const { facts, upload, roomBytes } = await this.uploads.lookUp(
      request.requester.credential,
      request.repository.name,
      uploadId,
    );
    authorize(request, facts, this.access.settings);
    if (!upload) throw new UploadUnknown(uploadId);
    return { facts, upload, roomBytes };
  }
}

/** Whether a chunk is the first one of its upload. */
function isFirst(upload: UploadRecord, { startBytes = 0 }: Chunk): boolean {
  return startBytes === 0 && offsetOf(upload) === 0;
}

/** Relative, so that it holds whatever address the client came by. */
export function uploadLocation(request: RegistryRequest, uploadId: string): string {
  return `/v2/${request.repository.asked}/blobs/uploads/${uploadId}`;
}
