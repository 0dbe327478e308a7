import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { Facets } from '@/components/explore/facets';
import { NothingFound } from '@/components/explore/nothing-found';
import { RefusedSearch } from '@/components/explore/refused-search';
import { ResultHeading } from '@/components/explore/result-heading';
import { Pager } from '@/components/page/pager';
import { RepositoryCard } from '@/components/repository/repository-list';
import { type ExploreQuery, exploreHref, readExploreQuery, toApiQuery } from '@/lib/explore/explore-query';
import { type PageQuery, single } from '@/lib/page-query';
import { done, registryApi } from '@/lib/registry-api/client';
import { ApiProblem } from '@/lib/registry-api/problem';
import type { SearchAnswer } from '@/lib/registry-api/types';
import { referenceHref } from '@/lib/repository/links';

export async function generateMetadata({ searchParams }: PageQuery): Promise<Metadata> {
  const q = single((await searchParams).q)?.trim();
  return { title: q ? `${q.slice(0, 60)}: search` : 'Explore' };
}

export default async function ExplorePage({ searchParams }: PageQuery) {
  const query = readExploreQuery(await searchParams);
  const answer = await search(query);
  if (answer instanceof ApiProblem) return <RefusedSearch sentence={answer.sentence} />;
  const { jump } = answer;
  if (jump && (jump.tag || jump.digest))
    redirect(referenceHref(jump.repository, jump.tag, jump.digest ?? ''));
  return (
    <div className="columns-filters">
      <Facets facets={answer.facets} query={query} />
      <div className="min-w-0 max-[860px]:order-first">
        <ResultHeading query={query} total={answer.total} />
        {answer.items.length > 0 ? (
          <ul className="mt-3 rounded-m border border-line bg-panel">
            {answer.items.map((repository) => (
              <RepositoryCard key={repository.name} repository={repository} />
            ))}
          </ul>
        ) : (
          <NothingFound query={query} />
        )}
        <Pager
          first={query.cursor ? exploreHref({ ...query, cursor: undefined }) : undefined}
          next={answer.nextCursor ? exploreHref({ ...query, cursor: answer.nextCursor }) : undefined}
        />
      </div>
    </div>
  );
}

/** What was found, or why this cannot be looked for. */
async function search(query: ExploreQuery): Promise<SearchAnswer | ApiProblem> {
  const api = await registryApi();
  try {
    return await done(api.GET('/api/v1/search', { params: { query: toApiQuery(query) } }));
  } catch (problem) {
    if (problem instanceof ApiProblem && problem.status === 400) return problem;
    throw problem;
  }
}
