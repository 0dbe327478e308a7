import { counted, further } from '@/lib/format/count';
import { lastInWords } from '@/lib/lifecycle/retention-form';
import type { RetentionPreview, RetentionRule } from '@/lib/registry-api/types';
import { DataTable } from '../table/data-table';

type Kept = RetentionPreview['kept'][number];

const SHOWN_TAGS = 8;

/** Why what stays stays, one line a reason. */
export function RetentionKept({
  preview: { kept, keptUntaggedCount },
  rules,
}: {
  preview: RetentionPreview;
  rules: readonly RetentionRule[];
}) {
  if (kept.length === 0 && keptUntaggedCount === 0) return null;
  return (
    <DataTable label="What stays">
      <thead>
        <tr>
          <th scope="col">Stays</th>
          <th scope="col">Because</th>
        </tr>
      </thead>
      <tbody>
        {kept.map((group) => (
          <tr key={`${group.because} ${group.rule}`}>
            <td className="min-w-[130px] text-md">
              {counted(group.tagCount, 'tag')}
              <span className="block font-mono text-[12px] text-ink-2">
                {group.tags.slice(0, SHOWN_TAGS).join(', ')}
                {group.tagCount > SHOWN_TAGS &&
                  ` ${further(group.tagCount, SHOWN_TAGS, Number.POSITIVE_INFINITY)}`}
              </span>
            </td>
            <td className="min-w-[140px] text-md">{reasonOf(group, rules)}</td>
          </tr>
        ))}
        {keptUntaggedCount > 0 && (
          <tr>
            <td className="text-md">{counted(keptUntaggedCount, 'image')} without a tag</td>
            <td className="text-md">no rule removes them yet</td>
          </tr>
        )}
      </tbody>
    </DataTable>
  );
}

function reasonOf({ because, rule }: Kept, rules: readonly RetentionRule[]) {
  if (because === 'immutable') return 'immutable';
  if (because === 'unmatched') return 'no rule is for them';
  const of = rules[rule ?? 0];
  if (!of) return null;
  const last = of.keepLast ?? 0;
  const reasons = {
    last: `${last === 1 ? '' : 'of '}${lastInWords(last, of.order)}`,
    newer: `younger than ${of.keepNewerThan}`,
    pulled: `pulled within ${of.keepPulledWithin}`,
  };
  return (
    <>
      {reasons[because]}, by <code>{of.tags.join(' ')}</code>
    </>
  );
}
