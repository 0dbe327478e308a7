import { counted, further } from '@/lib/format/count';
import type { RuleTarget } from '@/lib/lifecycle/rule-target';
import type { PatternCoverage } from '@/lib/registry-api/types';
import { tagHref } from '@/lib/repository/links';
import { ActionForm } from '../form/action-form';
import { SubmitButton } from '../form/submit-button';
import { Link } from '../link/link';
import { DataTable } from '../table/data-table';
import { removeImmutableTags } from './lifecycle-actions';

type ShownPattern = Pick<PatternCoverage, 'pattern' | 'of'> & Partial<PatternCoverage>;

/** Patterns with what they cover, and whose they are; one's own can be taken away. */
export function PatternTable({
  target,
  patterns,
}: {
  target: RuleTarget;
  patterns: readonly ShownPattern[];
}) {
  const isRepository = target.kind === 'repository';
  return (
    <DataTable label="Immutable tags">
      <thead>
        <tr>
          <th scope="col">Pattern</th>
          {isRepository && <th scope="col">Covers now</th>}
          <th scope="col">Change</th>
        </tr>
      </thead>
      <tbody>
        {patterns.map((pattern) => (
          <tr key={`${pattern.of} ${pattern.pattern}`}>
            <td className="font-mono text-md font-semibold whitespace-nowrap">{pattern.pattern}</td>
            {isRepository && (
              <td className="min-w-[150px] text-md">
                <Covered name={target.name} pattern={pattern} />
              </td>
            )}
            <td>
              {pattern.of === target.kind ? (
                <ActionForm
                  action={removeImmutableTags.bind(null, target, pattern.pattern)}
                  className="grid grid-cols-1 justify-items-start gap-2"
                >
                  <SubmitButton isSmall kind="danger">
                    Remove<span className="sr-only"> {pattern.pattern}</span>
                  </SubmitButton>
                </ActionForm>
              ) : (
                <span className="text-md whitespace-nowrap text-ink-2">by the namespace</span>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </DataTable>
  );
}

function Covered({
  name,
  pattern: { pattern, tagCount = 0, tags = [] },
}: {
  name: string;
  pattern: ShownPattern;
}) {
  const isException = pattern.startsWith('!');
  if (tagCount === 0)
    return <span className="text-ink-3">{isException ? 'takes out no tag' : 'no tag'}</span>;
  return (
    <>
      {isException && 'takes out '}
      {counted(tagCount, 'tag')}
      <span className="block text-ink-2">
        {tags.map((tag, index) => (
          <span key={tag}>
            {index > 0 && ', '}
            <Link className="font-mono text-[12px]" href={tagHref(name, tag)} prefetch={false}>
              {tag}
            </Link>
          </span>
        ))}
        {tagCount > tags.length && ` ${further(tagCount, tags.length, Number.POSITIVE_INFINITY)}`}
      </span>
    </>
  );
}
