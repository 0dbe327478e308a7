import type { HardCases } from '../support/ui/hard-cases.js';

/** A page that is measured, and as whom. */
export interface MeasuredPage {
  as: 'anonymous' | 'user' | 'admin';
  path: string;
  /** 200 unless said otherwise. */
  status?: number;
}

/** Every page, with data in it that is usual and data that is hard to show. */
export function measuredPages({
  longName,
  longTag,
  hostileName,
  manyPlatforms,
  hostileTag,
}: HardCases): MeasuredPage[] {
  const gateway = '/r/platform/api-gateway';
  const hostile = `/r/${hostileName}`;
  return [
    ...as('anonymous', [
      '/',
      '/explore',
      '/explore?q=gate',
      '/explore?q=nothing-is-called-like-this',
      '/login',
      '/register',
      '/set-password',
      '/help',
      '/api',
      '/n/platform',
      gateway,
      `${gateway}/-/tags`,
      `${gateway}/-/tags?untagged=true&referrers=true`,
      `${gateway}/-/tags/2.8.1`,
      `${gateway}/-/tags/2.8.1?tab=config`,
      `${gateway}/-/tags/2.8.1?tab=referrers`,
      `${gateway}/-/tags/2.8.1?tab=raw`,
      `${gateway}/-/compare`,
      `${gateway}/-/compare/2.8.0...2.8.1`,
      `${gateway}/-/activity`,
      '/r/platform/gateway-chart',
      '/r/platform/gateway-chart/-/tags/1.4.0',
      `/r/${longName}`,
      `/r/${longName}/-/tags`,
      `/r/${longName}/-/tags/${longTag}`,
      hostile,
      `${hostile}/-/tags`,
      `${hostile}/-/tags/${manyPlatforms}`,
      `${hostile}/-/tags/${hostileTag}`,
      `${hostile}/-/tags/${hostileTag}?tab=config`,
      `${hostile}/-/compare/${manyPlatforms}...${hostileTag}`,
      '/n/hard',
    ]),
    { as: 'anonymous', path: '/r/no/such', status: 404 },
    { as: 'admin', path: '/admin/nonsense', status: 404 },
    { as: 'anonymous', path: '/-/failed', status: 404 },
    ...as('user', [
      '/',
      '/explore',
      '/new',
      '/n/platform',
      '/n/platform/-/members',
      '/n/platform/-/teams/release',
      '/n/platform/-/robots',
      '/n/platform/-/trash',
      '/n/platform/-/settings',
      '/trash',
      gateway,
      `${gateway}/-/tags`,
      `${gateway}/-/tags/2.8.1`,
      `${gateway}/-/activity`,
      `${gateway}/-/trash`,
      `${gateway}/-/settings`,
      '/settings',
      '/settings/profile',
      '/settings/security',
      '/settings/tokens',
      '/settings/sessions',
    ]),
    ...as('admin', [
      '/',
      '/admin',
      '/admin/health',
      '/admin/users',
      '/admin/namespaces',
      '/admin/namespaces?quota=platform',
      '/admin/tokens',
      '/admin/robots',
      '/admin/audit',
      '/admin/storage',
      '/admin/gc',
      '/admin/jobs',
    ]),
  ];
}

function as(who: MeasuredPage['as'], paths: string[]): MeasuredPage[] {
  return paths.map((path) => ({ as: who, path }));
}
