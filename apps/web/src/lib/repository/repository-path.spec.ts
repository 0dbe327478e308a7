import { describe, expect, it } from 'vitest';
import { parseRepositoryPath } from './repository-path';

const digest = `sha256:${'a'.repeat(64)}`;

describe('the path of a repository page', () => {
  it.each([
    ['alpine', 'alpine', { kind: 'overview' }],
    ['team/app', 'team/app', { kind: 'overview' }],
    ['a/b-c/d__e', 'a/b-c/d__e', { kind: 'overview' }],
    ['team/tags', 'team/tags', { kind: 'overview' }],
    ['team/app/-/tags', 'team/app', { kind: 'tags' }],
    ['team/app/-/tags/1.0', 'team/app', { kind: 'tag', tag: '1.0' }],
    ['team/app/-/tags/-', undefined, undefined],
    [`team/app/-/manifests/${encodeURIComponent(digest)}`, 'team/app', { kind: 'manifest', digest }],
    ['team/app/-/compare', 'team/app', { kind: 'compare' }],
    ['team/app/-/compare/1.0...2.0', 'team/app', { kind: 'compare', a: '1.0', b: '2.0' }],
    ['team/app/-/compare/1....2', 'team/app', { kind: 'compare', a: '1.', b: '2' }],
    [`team/app/-/compare/1...${digest}`, 'team/app', { kind: 'compare', a: '1', b: digest }],
    ['team/app/-/activity', 'team/app', { kind: 'activity' }],
    ['team/app/-/settings', 'team/app', { kind: 'settings' }],
  ])('%s', (path, name, view) => {
    expect(parseRepositoryPath(path.split('/'))).toEqual(name && { name, view });
  });

  it.each([
    '-/tags',
    'Team/app',
    'team//app',
    'team/app/-',
    'team/app/-/nothing',
    'team/app/-/tags/1.0/more',
    'team/app/-/tags/.hidden',
    'team/app/-/manifests',
    'team/app/-/manifests/sha256:short',
    'team/app/-/compare/1.0..2.0',
    'team/app/-/compare/...2.0',
    'team/app/-/settings/danger',
    'team/%zz',
    'team/a%2Fb',
    `${'a/'.repeat(127)}ab`,
  ])('is none: %s', (path) => {
    expect(parseRepositoryPath(path.split('/'))).toBeUndefined();
  });
});
