/**
 * How the store and the database differ. `missing`, `size` and `content` are blobs that cannot be pulled as they were
 * pushed; `unrecorded` is an object that no record names, which only costs space; `manifest` is one whose bytes in the
 * database are not those of its digest.
 */
export type Difference = BlobDifference | UnrecordedObject | ManifestDifference;

export interface BlobDifference {
  readonly kind: 'missing' | 'size' | 'content';
  readonly digest: string;
  readonly storageKey: string;
  readonly sizeBytes: number;
  /** What the store has in its place: a size in bytes, or a digest. */
  readonly found?: number | string;
  /** It was marked damaged before: the next push of the digest heals it. */
  readonly isMarked: boolean;
}

export interface UnrecordedObject {
  readonly kind: 'unrecorded';
  readonly storageKey: string;
  readonly sizeBytes: number;
  readonly modifiedAt: Date;
}

export interface ManifestDifference {
  readonly kind: 'manifest';
  readonly digest: string;
  /** Full name of the repository. */
  readonly repository: string;
  readonly found: string;
}

export const differenceKinds = ['missing', 'size', 'content', 'unrecorded', 'manifest'] as const;

export type DifferenceCounts = Readonly<Record<Difference['kind'], number>>;

export const noDifferences: DifferenceCounts = {
  missing: 0,
  size: 0,
  content: 0,
  unrecorded: 0,
  manifest: 0,
};

/** What was done about differences, on request alone. */
export interface Repairs {
  /** Blobs marked damaged, so that the next push of them heals them. */
  readonly marked: number;
  /** Unrecorded objects removed from the store. */
  readonly removed: number;
}
