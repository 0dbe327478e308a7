import type { paths as Paths } from './api.gen';

type Json<Answer> = Answer extends { content: { 'application/json': infer Body } } ? Body : never;
type Success<Responses> = Json<Responses[keyof Responses & (200 | 201)]>;

/** What a call answers when it succeeds, by the API's own document. */
export type Answer<Path extends keyof Paths, Method extends keyof Paths[Path]> = Paths[Path][Method] extends {
  responses: infer Responses;
}
  ? Success<Responses>
  : never;

type Item<Page> = Page extends { items: (infer Entry)[] } ? Entry : never;

export type Me = Answer<'/api/v1/me', 'get'>;
export type SearchAnswer = Answer<'/api/v1/search', 'get'>;
export type RepositorySummary = Item<SearchAnswer>;
export type Repository = Answer<'/api/v1/repositories/{name}', 'get'>;
export type Tag = Item<Answer<'/api/v1/repositories/{name}/tags', 'get'>>;
export type ManifestDetail = Answer<'/api/v1/repositories/{name}/manifests/{digest}', 'get'>;
export type LifecycleAnswer = Answer<'/api/v1/repositories/{name}/lifecycle', 'get'>;
export type Lifecycle = LifecycleAnswer['own'];
export type RetentionRule = NonNullable<Lifecycle['retention']>['rules'][number];
export type RetentionPreview = Answer<'/api/v1/repositories/{name}/retention/preview', 'post'>;
export type RetentionRun = Answer<'/api/v1/repositories/{name}/retention/run', 'post'>;
export type PatternCoverage = Answer<
  '/api/v1/repositories/{name}/lifecycle/coverage',
  'get'
>['immutable'][number];
export type ImmutableBy = NonNullable<Tag['immutableBy']>;
export type PullCounts = Answer<'/api/v1/repositories/{name}/pulls', 'get'>;
export type ImageConfig = NonNullable<ManifestDetail['config']>;
export type Layer = ManifestDetail['layers'][number];
export type Referrer = ManifestDetail['referrers'][number];
export type Comparison = Answer<'/api/v1/repositories/{name}/compare', 'get'>;
export type TagMove = Item<Answer<'/api/v1/repositories/{name}/activity', 'get'>>;
export type TrashedItem = Item<Answer<'/api/v1/trash', 'get'>>;
export type TrashedManifest = Item<Answer<'/api/v1/repositories/{name}/trash', 'get'>>;
export type AccessToken = Item<Answer<'/api/v1/access-tokens', 'get'>>;
export type Session = Item<Answer<'/api/v1/sessions', 'get'>>;
export type Namespace = Answer<'/api/v1/namespaces/{namespace}', 'get'>;
export type Member = Item<Answer<'/api/v1/namespaces/{namespace}/members', 'get'>>;
export type Team = Item<Answer<'/api/v1/namespaces/{namespace}/teams', 'get'>>;
export type Robot = Item<Answer<'/api/v1/namespaces/{namespace}/robots', 'get'>>;
export type Usage = Answer<'/api/v1/admin/quotas', 'get'>['instance'];
export type NamespaceUsage = Item<Answer<'/api/v1/admin/namespaces', 'get'>>;
export type Grant = Item<Answer<'/api/v1/repositories/{name}/grants', 'get'>>;
export type Role = Member['role'];
export type User = Item<Answer<'/api/v1/admin/users', 'get'>>;
export type OwnedAccessToken = Item<Answer<'/api/v1/admin/access-tokens', 'get'>>;
export type PlacedRobot = Item<Answer<'/api/v1/admin/robots', 'get'>>;
export type AuditEntry = Item<Answer<'/api/v1/admin/audit', 'get'>>;
export type Job = Item<Answer<'/api/v1/admin/jobs', 'get'>>;
export type JobRun = Item<Answer<'/api/v1/admin/jobs/{job}/runs', 'get'>>;
export type StorageReport = Answer<'/api/v1/admin/storage', 'get'>;
export type StorageOwner = Item<{ items: StorageReport['repositories'] }>;
