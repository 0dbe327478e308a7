/** Whose rules: a repository's, or a namespace's, which hold in all its repositories. */
export interface RuleTarget {
  readonly kind: 'repository' | 'namespace';
  readonly name: string;
}
