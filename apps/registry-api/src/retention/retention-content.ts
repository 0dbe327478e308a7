/** A tag that rules may remove; what attaches things to a digest is none. */
export interface ContentTag {
  readonly name: string;
  readonly digest: string;
  /** Orders tags as versions do. */
  readonly sortKey: string;
  /** Last pushed or restored. */
  readonly heldSince: Date;
  readonly lastPulledAt?: Date;
  readonly isImmutable: boolean;
  /** Made of a digest and attached to nothing: it keeps what it is on, and is shown nowhere. */
  readonly isAttaching?: boolean;
}

export interface ContentManifest {
  readonly digest: string;
  /** What of the repository it is attached to, by `subject` or by a tag made of that digest. */
  readonly attachedTo?: string;
  /** What it lists. */
  readonly children: readonly string[];
  /** Since when no tag was on it, or its push. */
  readonly untaggedSince: Date;
}

/** What a retention policy looks at, at one time. */
export interface RepositoryContent {
  readonly now: Date;
  readonly tags: readonly ContentTag[];
  readonly manifests: readonly ContentManifest[];
}
