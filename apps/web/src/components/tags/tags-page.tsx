import type { Query } from '@/lib/page-query';
import { found, registryApi } from '@/lib/registry-api/client';
import type { Repository } from '@/lib/registry-api/types';
import { readTagsQuery, tagListHref, toTagListQuery } from '@/lib/tags/tags-query';
import { LivePushes } from '../live/live-pushes';
import { Pager } from '../page/pager';
import { NothingPushed } from '../repository/nothing-pushed';
import { RepositoryFrame } from '../repository/repository-frame';
import { NoTagFound } from './no-tag-found';
import { TagFilter } from './tag-filter';
import { TagSelection } from './tag-selection';
import { TagTable } from './tag-table';

/** The tags of a repository; order, filter and pages are the API's. */
export async function TagsPage({ repository, query }: { repository: Repository; query: Query }) {
  const asked = readTagsQuery(query);
  const { name } = repository;
  const api = await registryApi();
  const { items, nextCursor } = await found(
    api.GET('/api/v1/repositories/{name}/tags', { params: { path: { name }, query: toTagListQuery(asked) } }),
  );
  const isEmpty = repository.tagCount === 0 && items.length === 0;
  const list =
    items.length > 0 ? (
      <TagTable name={name} tags={items} />
    ) : isEmpty ? (
      <NothingPushed repository={repository} />
    ) : (
      <NoTagFound asked={asked} name={name} />
    );
  return (
    <RepositoryFrame current="tags" repository={repository}>
      {!isEmpty && <TagFilter asked={asked} name={name} tagCount={repository.tagCount} />}
      <LivePushes className="mb-3 rounded-m border border-line bg-panel" repository={name} />
      <TagSelection
        mayDelete={repository.permissions.includes('delete')}
        name={name}
        tags={items.map(({ name: tag, aliases, pushedAt, immutableBy, isNeededByIndex }) => ({
          tag,
          aliases,
          pushedAt,
          immutableBy,
          isNeededByIndex,
        }))}
      >
        {list}
      </TagSelection>
      <Pager
        first={asked.cursor ? tagListHref(name, { ...asked, cursor: undefined }) : undefined}
        next={nextCursor ? tagListHref(name, { ...asked, cursor: nextCursor }) : undefined}
      />
      {items.length > 0 && (
        <p className="mt-2.5 max-w-[90ch] text-md text-ink-3">
          {items.some(({ aliases }) => aliases.length > 0) &&
            'Beside a tag stand the other tags on the same digest: deleting one leaves the others as they are. '}
          “Only here” is what no other image of this repository has: so much less it needs without this one.
        </p>
      )}
    </RepositoryFrame>
  );
}
