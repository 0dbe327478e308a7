import type { StoredObject } from '@berth/storage';
import type { Difference, DifferenceCounts, Repairs, UnrecordedObject } from './difference.js';
import type { FsckRun } from './fsck-run.store.js';

export interface FsckOptions {
  /** Computes every hash; otherwise existence and size are compared. */
  readonly isDeep?: boolean;
  /** Most that a deep check reads from the store. */
  readonly bytesPerSecond?: number;
  /** Goes on where the last check of this kind was broken off, if it was. */
  readonly isResumed?: boolean;
  /** Objects younger than this may belong to a push under way, and are no difference. */
  readonly unrecordedAfterSeconds?: number;
  /** Marks blobs with wrong or missing bytes damaged. */
  readonly isMarking?: boolean;
  /** Removes objects without a record that are older than this, a day at least. */
  readonly removeUnrecordedAfterSeconds?: number;
  readonly onDifference?: (difference: Difference) => void | Promise<void>;
  readonly onProgress?: (progress: FsckProgress) => void;
  readonly signal?: AbortSignal;
}

export interface FsckProgress {
  readonly checkedCount: number;
  readonly checkedBytes: number;
  /** Estimated when the check began. */
  readonly totalCount: number;
  readonly totalBytes: number;
}

export interface FsckReport extends Repairs {
  readonly isDeep: boolean;
  /** False when it was told to stop: it can go on later. */
  readonly isComplete: boolean;
  readonly checkedCount: number;
  readonly checkedBytes: number;
  readonly differences: DifferenceCounts;
}

const DEFAULT_UNRECORDED_AFTER_SECONDS = 5 * 60;

/** One check, as far as it has come. */
export class FsckPass {
  readonly suspects: UnrecordedObject[] = [];
  marked = 0;
  removed = 0;
  private total = { count: 0, sizeBytes: 0 };

  constructor(
    public run: FsckRun,
    readonly options: FsckOptions,
  ) {}

  expect(left: { count: number; sizeBytes: number }): void {
    const { checkedCount, checkedBytes } = this.run;
    this.total = { count: checkedCount + left.count, sizeBytes: checkedBytes + left.sizeBytes };
  }

  suspect({ key, sizeBytes, modifiedAt }: StoredObject): void {
    const { unrecordedAfterSeconds = DEFAULT_UNRECORDED_AFTER_SECONDS } = this.options;
    if (!isOlder(modifiedAt, unrecordedAfterSeconds)) return;
    this.suspects.push({ kind: 'unrecorded', storageKey: key, sizeBytes, modifiedAt });
  }

  async found(difference: Difference): Promise<void> {
    const { differences } = this.run;
    const counts = { ...differences, [difference.kind]: differences[difference.kind] + 1 };
    this.run = { ...this.run, differences: counts };
    await this.options.onDifference?.(difference);
  }

  done(key: string, blobBytes: number | undefined): void {
    const { checkedCount, checkedBytes } = this.run;
    this.run = {
      ...this.run,
      position: key,
      checkedCount: checkedCount + (blobBytes === undefined ? 0 : 1),
      checkedBytes: checkedBytes + (blobBytes ?? 0),
    };
    this.options.onProgress?.({
      checkedCount: this.run.checkedCount,
      checkedBytes: this.run.checkedBytes,
      totalCount: this.total.count,
      totalBytes: this.total.sizeBytes,
    });
  }

  report(isComplete: boolean): FsckReport {
    const { isDeep, checkedCount, checkedBytes, differences } = this.run;
    const { marked, removed } = this;
    return { isDeep, isComplete, checkedCount, checkedBytes, differences, marked, removed };
  }
}

export function isOlder(time: Date, seconds: number): boolean {
  return Date.now() - time.getTime() >= seconds * 1000;
}
