import { randomUUID } from 'node:crypto';
import { Digest, type DigestAlgorithm } from '@berth/oci';
import type { BlobStore, UploadState } from '@berth/storage';
import { Inject, Injectable } from '@nestjs/common';
import { AccessService } from '../access/access.service.js';
import { principalKey } from '../access/access-facts.js';
import { type AskedName, authorize, type RegistryRequest } from '../access/registry-access.js';
import { BLOB_STORE } from '../blobs/blob-store.provider.js';
import { MountsService } from '../blobs/mounts.service.js';
import { DigestInvalid, SizeInvalid, UploadOutOfOrder, UploadUnknown } from '../errors/domain-errors.js';
import { type OpenRepository, RepositoriesService } from '../repositories/repositories.service.js';
import { RunningHash, RunningHashes } from './running-hashes.js';
import { type UploadRecord, UploadStore } from './upload.store.js';
import { appendBody, type UploadBody } from './upload-body.js';
import { settled, UploadLease } from './upload-lease.js';

/** The bytes of a request that is part of an upload, and what its headers say of them. */
export interface Chunk extends UploadBody {
  /** Where the client means to write (Content-Range); undefined: at the end. */
  readonly startBytes?: number;
}

/** Where an upload stands. */
export interface UploadStatus {
  readonly id: string;
  readonly offsetBytes: number;
}

/** An upload after an append; `sourceError` says why the client's bytes ended too early, if they did. */
interface Written extends Pick<UploadRecord, 'state' | 'digestSoFar'> {
  readonly sourceError?: unknown;
}

/** Blob upload sessions: begin, write, ask, cancel, finish (distribution spec, "Pushing blobs"). */
@Injectable()
export class UploadsService {
  constructor(
    @Inject(UploadStore) private readonly uploads: UploadStore,
    @Inject(BLOB_STORE) private readonly store: BlobStore,
    @Inject(AccessService) private readonly access: AccessService,
    @Inject(RepositoriesService) private readonly repositories: RepositoriesService,
    @Inject(RunningHashes) private readonly hashes: RunningHashes,
    @Inject(MountsService) private readonly mounts: MountsService,
  ) {}

  async beginUpload(request: RegistryRequest, algorithm: DigestAlgorithm): Promise<UploadStatus> {
    const { id: repositoryId, facts } = await this.openRepository(request);
    const upload: UploadRecord = { id: randomUUID(), algorithm, state: this.store.begin() };
    await this.uploads.insert(upload, repositoryId, principalKey(facts.principal));
    return { id: upload.id, offsetBytes: 0 };
  }

  /** A mount that cannot be is an ordinary upload, told from one by nothing (spec, "Mounting a blob"). */
  async mountOrBegin(
    request: RegistryRequest,
    digest: Digest,
    from: AskedName | undefined,
  ): Promise<UploadStatus | { readonly mounted: Digest }> {
    const { id: repositoryId, facts } = await this.openRepository(request);
    if (await this.mounts.mountBlob(request, repositoryId, digest, from)) return { mounted: digest };
    const upload: UploadRecord = { id: randomUUID(), algorithm: digest.algorithm, state: this.store.begin() };
    await this.uploads.insert(upload, repositoryId, principalKey(facts.principal));
    return { id: upload.id, offsetBytes: 0 };
  }

  /** A blob in a single POST. Nothing of it is kept when it is not whole. */
  async pushWhole(request: RegistryRequest, digest: Digest, body: UploadBody): Promise<void> {
    const { id: repositoryId } = await this.openRepository(request);
    const hash = new RunningHash(digest.algorithm);
    const { state, sourceError } = await appendBody(this.store, this.store.begin(), body, hash);
    try {
      if (sourceError !== undefined) throw sourceError;
      requireDigest(digest, hash.digest());
    } catch (error) {
      await this.store.abort(state);
      throw error;
    }
    // From here on the bytes stay whatever happens: a lost answer of the database does not say that nothing was written.
    const { key, sizeBytes } = await this.store.finish(state);
    const finished = await this.uploads.finish({ repositoryId }, { digest, sizeBytes, storageKey: key });
    await this.store.delete(finished?.unusedKeys ?? []);
  }

  /** Streams a chunk to the end of the upload. Whatever arrived of a broken one is kept. */
  async appendChunk(request: RegistryRequest, uploadId: string, chunk: Chunk): Promise<UploadStatus> {
    await this.findUpload(request, uploadId);
    const lease = await UploadLease.claim(this.uploads, uploadId);
    const { state, digestSoFar, sourceError } = await this.write(request, lease, chunk);
    await lease.release(state, digestSoFar);
    if (sourceError !== undefined) throw sourceError;
    return { id: uploadId, offsetBytes: state.offsetBytes };
  }

  async uploadStatus(request: RegistryRequest, uploadId: string): Promise<UploadStatus> {
    await this.findUpload(request, uploadId);
    await settled(this.uploads, uploadId);
    const upload = await this.findUpload(request, uploadId);
    return { id: uploadId, offsetBytes: upload.state.offsetBytes };
  }

  async cancelUpload(request: RegistryRequest, uploadId: string): Promise<void> {
    await this.findUpload(request, uploadId);
    const lease = await UploadLease.claim(this.uploads, uploadId);
    await lease.remove();
    await this.store.abort(lease.upload.state);
  }

  /**
   * The last request of an upload, with or without bytes. A wrong digest leaves the upload as it is, so that the
   * client can finish it with the right one or cancel it.
   */
  async finishUpload(
    request: RegistryRequest,
    uploadId: string,
    digest: Digest,
    chunk?: Chunk,
  ): Promise<void> {
    await this.findUpload(request, uploadId);
    const lease = await UploadLease.claim(this.uploads, uploadId);
    const written = chunk ? await this.write(request, lease, chunk, digest.algorithm) : lease.upload;
    const { key, sizeBytes } = await this.finishBytes(written, digest).catch(async (error: unknown) => {
      await lease.release(written.state, written.digestSoFar);
      throw error;
    });
    const { unusedKeys } = await lease.finish({ digest, sizeBytes, storageKey: key });
    await this.store.delete(unusedKeys);
  }

  private async finishBytes(written: Written, digest: Digest): Promise<{ key: string; sizeBytes: number }> {
    if (written.sourceError !== undefined) throw written.sourceError;
    requireDigest(digest, await this.digestOf(written.state, digest.algorithm, written.digestSoFar));
    return this.store.finish(written.state);
  }

  private async openRepository(request: RegistryRequest): Promise<OpenRepository> {
    return this.repositories.openForPush(await this.repositories.permitPush(request));
  }

  private async write(
    request: RegistryRequest,
    lease: UploadLease,
    chunk: Chunk,
    algorithm: DigestAlgorithm = lease.upload.algorithm,
  ): Promise<Written> {
    const { id, state: before, digestSoFar: digestBefore } = lease.upload;
    if (chunk.startBytes !== undefined && chunk.startBytes !== before.offsetBytes) {
      await lease.release(before, digestBefore);
      throw new UploadOutOfOrder(uploadLocation(request, id), before.offsetBytes);
    }
    const hash = this.hashes.take(id, algorithm, before.offsetBytes);
    try {
      const { state, sourceError } = await appendBody(this.store, before, chunk, hash, lease);
      const isHashed = hash !== undefined && hash.offsetBytes === state.offsetBytes;
      if (isHashed) this.hashes.keep(id, hash);
      return { state, digestSoFar: isHashed ? hash.digest() : undefined, sourceError };
    } catch (error) {
      await lease.letGo();
      throw error;
    }
  }

  /** Hashes the bytes from the store only when no single process saw them all. */
  private async digestOf(
    state: UploadState,
    algorithm: DigestAlgorithm,
    known: string | undefined,
  ): Promise<string> {
    if (known?.startsWith(`${algorithm}:`)) return known;
    const hash = new RunningHash(algorithm);
    for await (const chunk of this.store.readUpload(state)) hash.update(chunk);
    if (hash.offsetBytes !== state.offsetBytes)
      throw new SizeInvalid('The store has not all bytes of this upload.');
    return hash.digest();
  }

  private async findUpload(request: RegistryRequest, uploadId: string): Promise<UploadRecord> {
    const { facts, upload } = await this.uploads.lookUp(
      request.requester.credential,
      request.repository.name,
      uploadId,
    );
    authorize(request, facts, this.access.settings);
    if (!upload) throw new UploadUnknown(uploadId);
    return upload;
  }
}

/** Relative, so that it holds whatever address the client came by. */
export function uploadLocation(request: RegistryRequest, uploadId: string): string {
  return `/v2/${request.repository.asked}/blobs/uploads/${uploadId}`;
}

function requireDigest(wanted: Digest, got: string): void {
  if (wanted.text === got) return;
  throw new DigestInvalid(
    `The bytes that arrived have the digest ${got}, not ${wanted.text}: send them again.`,
    {
      wanted: wanted.text,
      got,
    },
  );
}
