/* Provisional: stands in for what openapi-typescript makes of the API's document, in the same shape. */
import type { components as generated } from './api.gen';

type Layer = generated['schemas']['Layer'];
type Call<Parameters, Body, Answer> = {
  parameters: { query?: never; header?: never; path?: never; cookie?: never } extends infer None
    ? Omit<None, keyof Parameters> & Parameters
    : never;
  requestBody: [Body] extends [never] ? undefined : { content: { 'application/json': Body } };
  responses: {
    200: { headers: { [name: string]: unknown }; content: { 'application/json': Answer } };
    default: {
      headers: { [name: string]: unknown };
      content: { 'application/problem+json': components['schemas']['Problem'] };
    };
  };
};
type Read<Parameters, Answer> = {
  parameters: Omit<{ query?: never; header?: never; path?: never; cookie?: never }, keyof Parameters> &
    Parameters;
  requestBody?: never;
  responses: Call<Parameters, never, Answer>['responses'];
};
type Act<Parameters, Body, Answer> = {
  parameters: Omit<{ query?: never; header?: never; path?: never; cookie?: never }, keyof Parameters> &
    Parameters;
  requestBody: { content: { 'application/json': Body } };
  responses: Call<Parameters, never, Answer>['responses'];
};
type Page<Item> = { items: Item[]; nextCursor?: string | null };
type Paging = { limit?: string; cursor?: string };
type Name = { path: { name: string } };
type None = Record<never, never>;
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
  '/api/v1/repositories': {
    get: Read<{ query?: Paging & { mine?: 'true' | 'false' } }, Page<S['RepositorySummary']>>;
    post: Act<
      None,
      { name: string; visibility?: 'public' | 'private'; description?: string },
      S['Repository']
    >;
  };
  '/api/v1/repositories/{name}': {
    get: Read<Name, S['Repository']>;
    patch: Act<
      Name,
      { visibility?: 'public' | 'private'; description?: string; readme?: string },
      S['Repository']
    >;
    delete: Read<Name, never>;
  };
  '/api/v1/repositories/{name}/compare': {
    get: Read<Name & { query: { a: string; b: string; platform?: string } }, S['Comparison']>;
  };
}

type Visibility = 'public' | 'private';
type Count = number | '1000+';
type Facet = { value: string; count: Count }[];
type Change = { key: string; a: string | null; b: string | null };

export interface components {
  schemas: {
    Problem: { type: string; title: string; status: number; detail?: string };
    RepositorySummary: {
      name: string;
      namespace: string;
      description: string;
      visibility: Visibility;
      starCount: number;
      isStarred: boolean;
      pullCount: number;
      platforms: string[];
      artifactKinds: string[];
      latestTag: string | null;
      sizeBytes: number | null;
      tagCount: number;
      pushedAt: string | null;
      createdAt: string;
    };
    Repository: S['RepositorySummary'] & {
      readme: string;
      updatedAt: string;
      permissions: ('pull' | 'push' | 'delete' | 'manage' | 'administer')[];
      pullsByDay: { day: string; count: number }[];
      totalBytes: number;
    };
    SearchPage: {
      items: S['RepositorySummary'][];
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
