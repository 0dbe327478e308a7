/* Provisional: stands in for what openapi-typescript makes of the API's document, in the same shape. */
import type { components as generated } from './api.gen';

type Layer = generated['schemas']['Layer'];
type Read<Parameters, Answer> = {
  parameters: Omit<{ query?: never; header?: never; path?: never; cookie?: never }, keyof Parameters> &
    Parameters;
  requestBody?: never;
  responses: {
    200: { headers: { [name: string]: unknown }; content: { 'application/json': Answer } };
  };
};
type Paging = { limit?: string; cursor?: string };
type Name = { path: { name: string } };
type S = components['schemas'];

export interface paths {
  '/api/v1/search': {
    get: Read<
      {
        query?: Paging & {
          q?: string;
          sort?: 'relevance' | 'updated' | 'name' | 'pulls';
          platform?: string;
          type?: string;
          visibility?: 'public' | 'private';
          namespace?: string;
        };
      },
      S['SearchPage']
    >;
  };
  '/api/v1/search/suggestions': { get: Read<{ query: { q: string } }, { items: S['Suggestion'][] }> };
  '/api/v1/repositories/{name}/compare': {
    get: Read<Name & { query: { a: string; b: string; platform?: string } }, S['Comparison']>;
  };
}

type Count = number | '1000+';
type Facet = { value: string; count: Count }[];
type Change = { key: string; a: string | null; b: string | null };

export interface components {
  schemas: {
    SearchPage: {
      items: generated['schemas']['RepositorySummary'][];
      nextCursor?: string | null;
      total: Count;
      facets: { platforms: Facet; types: Facet; visibilities: Facet; namespaces: Facet };
      jump: { repository: string; tag?: string; digest?: string } | null;
    };
    Suggestion: { kind: 'repository' | 'tag' | 'digest'; name: string; tag?: string; digest?: string };
    ComparedManifest: { tag: string | null; digest: string; sizeBytes: number; pushedAt: string };
    Comparison: {
      a: S['ComparedManifest'];
      b: S['ComparedManifest'];
      layers: { shared: Layer[]; onlyA: Layer[]; onlyB: Layer[] };
      bytesToPull: number;
      config: { changed: Change[] };
      env: Change[];
      labels: Change[];
    };
  };
}
