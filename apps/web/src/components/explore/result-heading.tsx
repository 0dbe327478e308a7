import { type ExploreQuery, exploreHref, isFiltered, type Sort } from '@/lib/explore/explore-query';
import { counted } from '@/lib/format/count';
import { PageHead } from '../page/page-head';
import { SegmentedLinks } from '../page/segmented-links';

const sortNames: readonly (readonly [Sort, string])[] = [
  ['relevance', 'Best match'],
  ['pulls', 'Most pulled'],
  ['updated', 'Newest'],
  ['name', 'Name'],
];

/** How many were found for what, and in which order they stand. */
export function ResultHeading({ query, total }: { query: ExploreQuery; total: number | string }) {
  const what = counted(total, 'repository', 'repositories');
  const title = query.q ? `${what} for “${query.q}”` : isFiltered(query) ? what : 'Explore';
  const offered = query.q ? sortNames : sortNames.filter(([sort]) => sort !== 'relevance');
  return (
    <PageHead
      end={
        <SegmentedLinks
          label="Order"
          links={offered.map(([sort, label]) => ({
            label,
            href: exploreHref({ ...query, sort, cursor: undefined }),
            isCurrent: sort === query.sort,
          }))}
        />
      }
      title={<span dir="auto">{title}</span>}
    />
  );
}
