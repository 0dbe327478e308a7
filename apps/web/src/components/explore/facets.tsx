import {
  type ExploreQuery,
  exploreHref,
  type FilterName,
  isFiltered,
  withoutFilters,
} from '@/lib/explore/explore-query';
import { formatCount } from '@/lib/format/count';
import type { SearchAnswer } from '@/lib/registry-api/types';
import { artifactKindName } from '@/lib/repository/artifact-kinds';
import { Link } from '../link/link';

const MOST_VALUES = 12;

type FacetValues = SearchAnswer['facets'];

/** Filters with how many each would leave. Choosing one takes it, choosing it again gives it back. */
export function Facets({ facets, query }: { facets: FacetValues; query: ExploreQuery }) {
  const named: readonly Facet[] = [
    { title: 'Platform', name: 'platform', values: facets.platforms, isCode: true },
    { title: 'Type', name: 'type', values: facets.types, nameOf: artifactKindName },
    { title: 'Visibility', name: 'visibility', values: facets.visibilities, nameOf: capitalized },
    { title: 'Namespace', name: 'namespace', values: facets.namespaces },
  ];
  return (
    <aside aria-label="Filters" className="flex flex-col gap-[18px]">
      {named.map((facet) => (
        <FacetList facet={facet} key={facet.name} query={query} />
      ))}
      {isFiltered(query) && (
        <Link className="text-md" href={exploreHref(withoutFilters(query))}>
          Clear all filters
        </Link>
      )}
    </aside>
  );
}

interface Facet {
  readonly title: string;
  readonly name: FilterName;
  readonly values: FacetValues['platforms'];
  readonly nameOf?: (value: string) => string;
  readonly isCode?: boolean;
}

function FacetList({ facet, query }: { facet: Facet; query: ExploreQuery }) {
  const { title, name, values, nameOf, isCode } = facet;
  const chosen = query[name];
  const missing = chosen !== undefined && !values.some(({ value }) => value === chosen);
  const shown = missing ? [{ value: chosen, count: 0 }, ...values] : values;
  if (shown.length === 0) return null;
  return (
    <div>
      <h2 className="mb-1.5 text-md">{title}</h2>
      <ul className="flex flex-wrap gap-x-3 gap-y-1.5 min-[860px]:flex-col">
        {shown.slice(0, MOST_VALUES).map(({ value, count }) => (
          <li className="text-md" key={value}>
            <Link
              aria-current={value === chosen ? 'true' : undefined}
              className={isCode ? codeFacet : plainFacet}
              href={exploreHref({
                ...query,
                [name]: value === chosen ? undefined : value,
                cursor: undefined,
              })}
            >
              {nameOf?.(value) ?? value}
              {value === chosen && <span aria-hidden="true"> ×</span>}
              {value === chosen && <span className="sr-only">, chosen: take it away</span>}
            </Link>{' '}
            <span className="text-ink-3">{formatCount(count)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

const codeFacet =
  'inline-flex min-h-[22px] items-center rounded-s border border-line bg-sunk px-2 font-mono text-xs text-ink-2 hover:border-ink-3 hover:no-underline aria-[current]:rounded-full aria-[current]:border-accent-line aria-[current]:bg-accent-soft aria-[current]:text-accent';
const plainFacet =
  'text-ink aria-[current]:inline-flex aria-[current]:items-center aria-[current]:rounded-full aria-[current]:border aria-[current]:border-accent-line aria-[current]:bg-accent-soft aria-[current]:px-2 aria-[current]:text-accent';

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
