import { publicUrl } from '@/lib/env';
import { type ExploreQuery, exploreHref, isFiltered, withoutFilters } from '@/lib/explore/explore-query';
import { whoIsLooking } from '@/lib/registry-api/me';
import { CommandBox } from '../command/command-box';
import { Empty } from '../empty/empty';
import { Link } from '../link/link';

/** No result: what could be tried instead. */
export async function NothingFound({ query }: { query: ExploreQuery }) {
  const me = await whoIsLooking();
  if (isFiltered(query)) {
    return (
      <Empty title="Nothing matches all of these filters">
        <p>
          <Link href={exploreHref(withoutFilters(query))}>Clear the filters</Link>, or choose fewer.
        </p>
      </Empty>
    );
  }
  if (query.q === '') {
    return (
      <Empty title="Nothing to explore yet">
        <p>
          {me
            ? 'Push the first image:'
            : 'Images that are public appear here. Sign in to see your own, or push one:'}
        </p>
        <CommandBox text={`docker push ${publicUrl.host}/${me?.username ?? 'team'}/my-app:1.0`} />
      </Empty>
    );
  }
  return (
    <Empty title="Nothing found">
      <p>Try a shorter word, part of a name, a tag as name:tag, or a digest that begins with sha256:.</p>
      {!me && <p>Private images are found by those who may see them: sign in first.</p>}
      <p>
        <Link href="/explore">See everything</Link>
      </p>
    </Empty>
  );
}
