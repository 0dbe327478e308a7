import { matchesPatterns } from './tag-patterns.js';

/** The rule that holds a tag where it is: a pattern of the repository or of its namespace. */
export interface ImmutableBy {
  readonly tag: string;
  readonly pattern: string;
  readonly of: 'repository' | 'namespace';
}

/** What `immutableRulesSql` selects. */
export type ImmutableRules = readonly {
  readonly of: ImmutableBy['of'];
  readonly patterns: readonly string[];
}[];

/** SQL: what makes tags immutable in `repository`, its own rules first; null for a tag that is not. */
export function immutableRulesSql(tag: string): string {
  return `CASE WHEN is_tag_immutable(repository.id, ${tag}) THEN (
    SELECT json_agg(json_build_object(
      'of', CASE WHEN rules.repository_id IS NULL THEN 'namespace' ELSE 'repository' END,
      'patterns', rules.immutable_tags) ORDER BY rules.repository_id NULLS LAST)
    FROM lifecycle_rules rules
    WHERE rules.repository_id = repository.id OR rules.namespace_id = repository.namespace_id) END`;
}

/** Of those, the first that matches. */
export function immutableBy(tag: string, rules: ImmutableRules): ImmutableBy | undefined {
  const rule = rules.find(({ patterns }) => matchesPatterns(tag, patterns));
  const pattern = rule?.patterns.find((one) => matchesPatterns(tag, [one]));
  return rule && pattern !== undefined ? { tag, pattern, of: rule.of } : undefined;
}
