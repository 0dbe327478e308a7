/** Which tags of a group are kept: those that one of the conditions keeps. Durations as `30d`. */
export interface RetentionRule {
  /** Patterns of `tag-patterns.ts`. A tag is of the first rule that matches it. */
  readonly tags: readonly string[];
  /** So many of the newest, or of the highest versions. */
  readonly keepLast?: number;
  readonly order: 'pushed' | 'semver';
  readonly keepNewerThan?: string;
  readonly keepPulledWithin?: string;
}

/** What of a repository is kept. A tag that no rule matches is. */
export interface RetentionPolicy {
  readonly rules: readonly RetentionRule[];
  /** Manifests without a tag, that nothing names, go after this. They stay without it. */
  readonly untaggedAfter?: string;
}
