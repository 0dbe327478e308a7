// What is asked of a small and of a large Berth alike.
import { randomBytes } from 'node:crypto';
import { Client, digestOf, each, MANIFEST, manifestOf } from '../registries/client.mjs';
import { getsPerSecond } from '../registries/load.mjs';

export const REPOSITORY = 'open/images';
const CLIENTS = 4;

/** @typedef {{ server: import('../registries/servers.mjs').Server, member: Record<string, string>, catalog: Record<string, string>, seconds: number }} Target */
/** @typedef {{ id: string, title: string, run: (target: Target) => Promise<number> }} Work one run answers how much a second */

/** @type {Work[]} */
export const works = [
  {
    id: 'manifest',
    title: 'GET manifest by tag, of the repository with the most tags',
    run: (target) => asked(target, tagPaths('manifests/'), target.member),
  },
  {
    id: 'tags',
    title: 'page of 100 tags, from the middle',
    run: (target) => asked(target, [`/v2/${REPOSITORY}/tags/list?n=100&last=build-000200`], target.member),
  },
  {
    id: 'catalog',
    title: 'page of 100 repositories of the catalog',
    run: (target) => asked(target, ['/v2/_catalog?n=100&last=person'], target.catalog),
  },
  {
    id: 'search',
    title: 'search of the pages, a word and two letters',
    run: (target) => asked(target, ['/api/v1/search?q=postgres', '/api/v1/search?q=be'], {}),
  },
  {
    id: 'page',
    title: 'page of the repository with the most tags, as HTML',
    run: (target) => asked(target, [`/r/${REPOSITORY}`], { Accept: 'text/html' }),
  },
  { id: 'push', title: 'push an image of one blob', run: pushes },
];

/** @param {string} kind */
function tagPaths(kind) {
  return Array.from(
    { length: 300 },
    (_, index) => `/v2/${REPOSITORY}/${kind}build-${String(index + 1).padStart(6, '0')}`,
  );
}

/** @param {Target} target @param {string[]} paths @param {Record<string, string>} headers */
async function asked({ server, seconds }, paths, headers) {
  const given = { Accept: MANIFEST, ...headers };
  const load = { url: server.url, paths, headers: given, seconds, connections: CLIENTS };
  return (await getsPerSecond(load)).perSecond;
}

/** @param {Target} target */
async function pushes({ server, seconds }) {
  const client = await server.pusher(REPOSITORY);
  const began = performance.now();
  let pushed = 0;
  await each(CLIENTS, CLIENTS, async (writer) => {
    while (performance.now() - began < seconds * 1000) {
      await pushOne(client, `pushed-${writer}`);
      pushed += 1;
    }
  });
  client.agent.destroy();
  return pushed / ((performance.now() - began) / 1000);
}

/** @param {Client} client @param {string} tag */
export async function pushOne(client, tag) {
  const layer = randomBytes(1024);
  const config = Buffer.from(
    JSON.stringify({ architecture: 'amd64', os: 'linux', rootfs: { type: 'layers' } }),
  );
  await client.pushBlob(REPOSITORY, layer);
  await client.pushBlob(REPOSITORY, config);
  const described = (/** @type {Buffer} */ bytes) => ({ digest: digestOf(bytes), sizeBytes: bytes.length });
  const manifest = manifestOf({ config: described(config), layers: [described(layer)], sizeBytes: 1500 });
  await client.pushManifest(REPOSITORY, tag, manifest);
}
