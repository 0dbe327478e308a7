import { Digest } from '@berth/oci';
import type { BlobStore, StoredObject } from '@berth/storage';
import { Inject, Injectable } from '@nestjs/common';
import type { Requester } from '../access/credential.js';
import { BLOB_STORE } from '../blobs/blob-store.provider.js';
import { RequestInvalid } from '../errors/domain-errors.js';
import { limits } from '../limits.js';
import { BlobCheck } from './blob-check.js';
import { ByteRate } from './byte-rate.js';
import { type FsckOptions, FsckPass, type FsckReport, isOlder } from './fsck-pass.js';
import { FsckRepairs } from './fsck-repairs.js';
import { FsckRunStore } from './fsck-run.store.js';
import { type Joined, joinSorted } from './join-sorted.js';
import { type RecordedBlob, RecordedBlobStore } from './recorded-blob.store.js';

type Pair = Joined<StoredObject, RecordedBlob>;

const SAVE_EVERY_MS = 5_000;
const SUSPECTS_AT_ONCE = 500;

/**
 * Compares store and database both ways, in one pass over two ordered lists, while everything goes on. Changes nothing
 * unless an option asks for it.
 */
@Injectable()
export class FsckService {
  constructor(
    @Inject(BLOB_STORE) private readonly store: BlobStore,
    @Inject(RecordedBlobStore) private readonly recorded: RecordedBlobStore,
    @Inject(FsckRunStore) private readonly runs: FsckRunStore,
    @Inject(BlobCheck) private readonly blobs: BlobCheck,
    @Inject(FsckRepairs) private readonly repairs: FsckRepairs,
  ) {}

  /**
   * Repairs are made in the name of `requester`; without one it may not be asked for any. Throws `StoreUnavailable`, and
   * `RequestInvalid` for an age that is too low; both leave what was done so far.
   */
  async check(requester: Requester | undefined, options: FsckOptions = {}): Promise<FsckReport> {
    if (!requester && (options.isMarking || options.removeUnrecordedAfterSeconds !== undefined))
      throw new Error('a check that repairs is made by somebody');
    requireOldEnough(options.removeUnrecordedAfterSeconds);
    const { isDeep = false } = options;
    const brokenOff = options.isResumed ? await this.runs.findBrokenOff(isDeep) : undefined;
    const pass = new FsckPass(brokenOff ?? (await this.runs.begin(isDeep)), options);
    const left = await this.recorded.countBehind(pass.run.position);
    pass.expect(left);
    const rate = new ByteRate(options.bytesPerSecond);
    let savedAt = Date.now();
    const after = pass.run.position;
    const pairs = joinSorted(this.store.list({ after }), this.recorded.list(after), {
      left: ({ key }) => key,
      right: ({ storageKey }) => storageKey,
    });
    for await (const pair of pairs) {
      if (options.signal?.aborted) break;
      await this.look(requester, pair, pass, rate);
      if (Date.now() - savedAt < SAVE_EVERY_MS && pass.suspects.length < SUSPECTS_AT_ONCE) continue;
      await this.settle(requester, pass);
      await this.runs.save(pass.run, false);
      savedAt = Date.now();
    }
    await this.settle(requester, pass);
    if (isDeep && !options.signal?.aborted) await this.hashManifests(pass);
    const isComplete = !options.signal?.aborted;
    await this.runs.save(pass.run, isComplete);
    return pass.report(isComplete);
  }

  private async look(
    requester: Requester | undefined,
    { key, left: object, right: blob }: Pair,
    pass: FsckPass,
    rate: ByteRate,
  ): Promise<void> {
    if (object && !blob) pass.suspect(object);
    else if (blob) {
      const isSuspicious = object?.sizeBytes !== blob.sizeBytes;
      const difference = isSuspicious
        ? await this.blobs.confirm(key)
        : pass.run.isDeep
          ? await this.blobs.hash(blob, rate)
          : undefined;
      if (difference) {
        await pass.found(difference);
        if (requester && pass.options.isMarking && (await this.repairs.mark(requester, difference)))
          pass.marked += 1;
      }
    }
    pass.done(key, blob?.sizeBytes);
  }

  /** Tells of the objects that still have no record now, and removes them if that was asked for. */
  private async settle(requester: Requester | undefined, pass: FsckPass): Promise<void> {
    const suspects = pass.suspects.splice(0);
    if (suspects.length === 0) return;
    const without = await this.recorded.withoutRecord(suspects.map(({ storageKey }) => storageKey));
    const unrecorded = suspects.filter(({ storageKey }) => without.has(storageKey));
    for (const object of unrecorded) await pass.found(object);
    const { removeUnrecordedAfterSeconds } = pass.options;
    if (!requester || removeUnrecordedAfterSeconds === undefined) return;
    const old = unrecorded.filter((object) => isOlder(object.modifiedAt, removeUnrecordedAfterSeconds));
    pass.removed += await this.repairs.remove(requester, old);
  }

  private async hashManifests(pass: FsckPass): Promise<void> {
    for await (const { digest, repository, bytes } of this.recorded.listManifests()) {
      const found = Digest.ofBytes(bytes, Digest.parse(digest).algorithm).text;
      if (found !== digest) await pass.found({ kind: 'manifest', digest, repository, found });
    }
  }
}

function requireOldEnough(seconds: number | undefined): void {
  const least = limits.abandonedUploadSeconds;
  if (seconds === undefined || seconds >= least) return;
  throw new RequestInvalid(
    `Objects without a record are removed once they are ${least / 3600} hours old, not before: a push may be under way.`,
  );
}
