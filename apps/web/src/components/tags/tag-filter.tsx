import { formatCount } from '@/lib/format/count';
import { tagsHref } from '@/lib/repository/links';
import { type TagSort, type TagsQuery, tagListHref, usualOrder } from '@/lib/tags/tags-query';
import { Button } from '../button/button';
import { SubmittedOnChange } from '../form/submitted-on-change';
import { SegmentedLinks } from '../page/segmented-links';

const sortNames: readonly (readonly [TagSort, string])[] = [
  ['semver', 'Version'],
  ['updated', 'Newest'],
  ['size', 'Size'],
  ['name', 'Name'],
];

/** Which tags, in which order: a plain form and plain links. */
export function TagFilter({ name, asked, tagCount }: { name: string; asked: TagsQuery; tagCount: number }) {
  return (
    <div className="mb-3 flex flex-wrap items-center gap-x-3 gap-y-2.5">
      <SubmittedOnChange
        action={tagsHref(name)}
        className="flex grow flex-wrap items-center gap-x-3 gap-y-2.5"
        key={tagListHref(name, asked)}
      >
        <span className="flex min-w-[220px] grow gap-2 sm:max-w-[330px]">
          <input
            aria-label="Filter tags"
            className="field"
            defaultValue={asked.q}
            name="q"
            placeholder={`Filter ${formatCount(tagCount)} tags`}
            spellCheck={false}
          />
          <Button className="shrink-0" type="submit">
            Filter
          </Button>
        </span>
        {asked.sort !== 'semver' && <input name="sort" type="hidden" value={asked.sort} />}
        {asked.order !== usualOrder(asked.sort) && <input name="order" type="hidden" value={asked.order} />}
        <span className="flex flex-wrap gap-x-3.5 gap-y-1 text-md text-ink-2 min-[860px]:order-last min-[860px]:ml-auto">
          <CheckBox isChecked={asked.untagged} name="untagged">
            untagged
          </CheckBox>
          <CheckBox isChecked={asked.referrers} name="referrers">
            signatures and SBOMs
          </CheckBox>
        </span>
        <SegmentedLinks
          label="Order"
          links={sortNames.map(([sort, label]) => sortLink(name, asked, sort, label))}
        />
      </SubmittedOnChange>
    </div>
  );
}

/** Choosing the order that is there already turns it round. */
function sortLink(name: string, asked: TagsQuery, sort: TagSort, label: string) {
  const isCurrent = sort === asked.sort;
  const order = isCurrent ? (asked.order === 'asc' ? 'desc' : 'asc') : usualOrder(sort);
  const arrow = asked.order === 'asc' ? '↑' : '↓';
  return {
    label: isCurrent ? `${label} ${arrow}` : label,
    href: tagListHref(name, { ...asked, sort, order, cursor: undefined }),
    isCurrent,
  };
}

function CheckBox({ name, isChecked, children }: { name: string; isChecked: boolean; children: string }) {
  return (
    <label className="inline-flex items-center gap-1.5">
      <input defaultChecked={isChecked} name={name} type="checkbox" value="true" />
      {children}
    </label>
  );
}
