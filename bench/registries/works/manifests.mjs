// Rows of manifests and tag lists.
import { gets, heads, ofRepository } from './requests.mjs';

/** @typedef {import('../workloads.mjs').Workload} Workload */

/**
 * A row for GET and one for HEAD.
 *
 * @param {{ id: string, title: string, atLeast: number, needs: import('../sizes.mjs').Need, hasCeiling?: boolean }} row
 * @param {(seeded: import('../seed.mjs').Seeded) => string[]} references
 * @returns {Workload[]}
 */
function getAndHead({ hasCeiling = true, ...row }, references) {
  const shared = {
    ...row,
    unit: /** @type {const} */ ('requests/s'),
    ...(hasCeiling && { ceiling: /** @type {const} */ ('answers') }),
    expectedSeconds: (/** @type {import('../workloads.mjs').Load} */ { seconds }) => seconds,
  };
  /** @param {import('../workloads.mjs').Target} target */
  const paths = (target) => {
    const path = ofRepository(target.repository(row.needs));
    return references(target.seeded).map((reference) => path(`manifests/${reference}`));
  };
  return [
    { ...shared, title: `GET ${row.title}`, run: (target) => gets(target, paths(target)) },
    {
      ...shared,
      id: `${row.id}-head`,
      title: `HEAD ${row.title}`,
      run: (target) => heads(target, paths(target)),
    },
  ];
}

/** @type {Workload[]} */
export const manifestWorks = [
  ...getAndHead({ id: 'hot-tag', title: 'manifest by tag, one hot tag', atLeast: 3.3, needs: 'many' }, () => [
    'tag-0',
  ]),
  ...getAndHead(
    { id: 'hot-digest', title: 'manifest by digest, one hot', atLeast: 3.3, needs: 'many' },
    ({ hotDigest }) => [hotDigest],
  ),
  ...getAndHead(
    { id: 'many-tags', title: 'manifest by tag, 10,000 tags', atLeast: 3, needs: 'many' },
    ({ tags }) => tags,
  ),
  ...getAndHead(
    {
      id: 'working-set',
      title: 'manifest of 64 KiB by tag, ten times what is cached',
      atLeast: 1.5,
      needs: 'large',
      hasCeiling: false,
    },
    ({ largeTags }) => largeTags,
  ),
  {
    ...{ id: 'tag-list', title: 'tag list, pages of 100', unit: 'requests/s', atLeast: 1.6 },
    ...{ ceiling: 'answers', needs: 'many' },
    expectedSeconds: ({ seconds }) => seconds,
    run: (target) => gets(target, [ofRepository(target.repository('many'))('tags/list?n=100')]),
  },
];
