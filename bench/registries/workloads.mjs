// The rows of the comparison: what is done, how its result reads, and what it needs to be there.
import { randomBytes } from 'node:crypto';
import { Client, digestOf, each, MANIFEST, manifestOf } from './client.mjs';
import { downloadBytesPerSecond, getsPerSecond, headsPerSecond, uploadBytesPerSecond } from './load.mjs';

const IMAGE_LAYERS = 8;
const SMALL_LAYER_BYTES = 8192;

/**
 * @typedef {object} Target one registry in one way of reading it
 * @property {import('./servers.mjs').Server} server
 * @property {string} url
 * @property {Record<string, string>} headers
 * @property {(name: string) => string} repository
 * @property {import('./seed.mjs').Seeded} seeded
 * @property {number} seconds that a row with a duration takes
 * @property {import('./seed.mjs').Size} size
 */

/**
 * @typedef {object} Workload
 * @property {string} id short, for `--only=`
 * @property {string} title
 * @property {'requests/s' | 'MB/s' | 'images/s'} unit more is better
 * @property {number} [atLeast] ratio to Distribution v3 that we mean to reach
 * @property {string} [ceiling] which limit of the machine it is measured against
 * @property {boolean} [isWrite] writes are done once: who may read does not matter to them
 * @property {boolean} [isObjectStore] is measured on an object store too
 * @property {(target: Target) => Promise<number>} run
 */

/** @param {string} repository */
const ofRepository = (repository) => (/** @type {string} */ rest) => `/v2/${repository}/${rest}`;
const accepting = (/** @type {Target} */ { headers }) => ({ ...headers, Accept: MANIFEST });

/** @param {Target} target @param {string[]} references @param {string} name */
function manifestPaths(target, references, name) {
  return references.map((reference) => ofRepository(target.repository(name))(`manifests/${reference}`));
}

/** @type {Workload[]} */
export const workloads = [
  {
    ...{
      id: 'hot-tag',
      title: 'manifest by tag, one hot tag',
      unit: 'requests/s',
      atLeast: 3.3,
      ceiling: 'answers',
    },
    run: (target) => gets(target, manifestPaths(target, ['tag-0'], 'many')),
  },
  {
    ...{
      id: 'hot-digest',
      title: 'manifest by digest, one hot',
      unit: 'requests/s',
      atLeast: 3.3,
      ceiling: 'answers',
    },
    run: (target) => gets(target, manifestPaths(target, [target.seeded.hotDigest], 'many')),
  },
  {
    ...{
      id: 'hot-head',
      title: 'HEAD manifest by tag, one hot tag',
      unit: 'requests/s',
      atLeast: 3.3,
      ceiling: 'answers',
    },
    run: (target) => heads(target, manifestPaths(target, ['tag-0'], 'many')),
  },
  {
    ...{
      id: 'many-tags',
      title: 'manifest by tag, all tags',
      unit: 'requests/s',
      atLeast: 3,
      ceiling: 'answers',
    },
    run: (target) => gets(target, manifestPaths(target, target.seeded.tags, 'many')),
  },
  {
    ...{
      id: 'many-heads',
      title: 'HEAD manifest by tag, all tags',
      unit: 'requests/s',
      atLeast: 3,
      ceiling: 'answers',
    },
    run: (target) => heads(target, manifestPaths(target, target.seeded.tags, 'many')),
  },
  {
    ...{
      id: 'working-set',
      title: 'manifest by tag, ten times what is cached',
      unit: 'requests/s',
      atLeast: 1.5,
    },
    run: (target) => gets(target, manifestPaths(target, target.seeded.largeTags, 'large')),
  },
  {
    ...{
      id: 'tag-list',
      title: 'tag list, pages of 100',
      unit: 'requests/s',
      atLeast: 1.6,
      ceiling: 'answers',
    },
    run: (target) => gets(target, [ofRepository(target.repository('many'))('tags/list?n=100')]),
  },
  {
    ...{ id: 'small-blob', title: 'blob of 4 KiB', unit: 'requests/s', atLeast: 9, ceiling: 'answers' },
    run: (target) =>
      gets(target, [ofRepository(target.repository('many'))(`blobs/${target.seeded.smallBlob}`)]),
  },
  {
    ...{
      id: 'blob-100m',
      title: 'blob of 100 MiB, 4 readers',
      unit: 'MB/s',
      atLeast: 1,
      ceiling: 'loopback',
      isObjectStore: true,
    },
    run: (target) => downloads(target, target.seeded.mediumBlob, 4),
  },
  {
    ...{ id: 'blob-1g', title: 'blob of 1 GiB, 1 reader', unit: 'MB/s', atLeast: 1, ceiling: 'loopback' },
    run: (target) => downloads(target, target.seeded.largeBlob, 1),
  },
  {
    ...{
      id: 'push-1k',
      title: 'push of blobs of 1 KB, 8 clients',
      unit: 'requests/s',
      atLeast: 1.5,
      isWrite: true,
    },
    run: pushSmallBlobs,
  },
  {
    ...{
      id: 'push-64m',
      title: 'push of blobs of 64 MiB, 4 writers',
      unit: 'MB/s',
      atLeast: 1.1,
      ceiling: 'hash',
      isWrite: true,
      isObjectStore: true,
    },
    run: (target) => uploads(target, target.seeded.files.medium),
  },
  {
    ...{
      id: 'push-1g',
      title: 'push of a blob of 1 GiB',
      unit: 'MB/s',
      atLeast: 1.1,
      ceiling: 'hash',
      isWrite: true,
    },
    run: (target) => uploads(target, target.seeded.files.large),
  },
  {
    ...{
      id: 'push-images',
      title: 'push of whole images of 8 layers, 8 clients',
      unit: 'images/s',
      atLeast: 1.3,
      isWrite: true,
      isObjectStore: true,
    },
    run: pushImages,
  },
  {
    ...{
      id: 'pull-images',
      title: 'pull of whole images of 8 layers, 16 clients',
      unit: 'images/s',
      atLeast: 2,
      isObjectStore: true,
    },
    run: pullImages,
  },
];

/** @param {Target} target @param {string[]} paths */
async function gets(target, paths) {
  const { url, seconds } = target;
  const { perSecond } = await getsPerSecond({ url, paths, seconds, headers: accepting(target) });
  return perSecond;
}

/** @param {Target} target @param {string[]} paths */
function heads(target, paths) {
  return headsPerSecond({ url: target.url, paths, seconds: target.seconds, headers: accepting(target) });
}

/** @param {Target} target @param {{ digest: string, sizeBytes: number }} blob @param {number} readers */
async function downloads({ url, headers, repository }, { digest, sizeBytes }, readers) {
  const path = ofRepository(repository('blobs'))(`blobs/${digest}`);
  const paths = Array.from({ length: readers }, () => path);
  return (await downloadBytesPerSecond({ url, headers, sizeBytes, paths })) / 1e6;
}

/** @param {Target} target @param {import('./seed.mjs').Seeded['files']['large']} files as the seed left them: each run changes them */
async function uploads({ server, repository }, files) {
  const name = repository('uploads');
  const client = await server.pusher(name);
  return (await uploadBytesPerSecond({ client, repository: name, files: files.renew() })) / 1e6;
}

/** @param {Target} target */
async function pushSmallBlobs({ server, repository, seconds }) {
  const name = repository('small');
  const client = await server.pusher(name);
  const began = performance.now();
  let pushed = 0;
  await each(8, 8, async () => {
    while (performance.now() - began < seconds * 1000) {
      await client.pushBlob(name, randomBytes(1024));
      pushed += 1;
    }
  });
  return pushed / ((performance.now() - began) / 1000);
}

/** @param {Target} target */
async function pushImages({ server, repository, size }) {
  const name = repository('pushed');
  const client = await server.pusher(name);
  const images = Array.from({ length: size.images }, () => newImage());
  const began = performance.now();
  await each(images.length, 8, async (index) => {
    const image = images[index];
    if (image) await pushImage(client, name, `image-${index}`, image);
  });
  return images.length / ((performance.now() - began) / 1000);
}

/** As clients do: which layers are there, each one that is not, the config, the manifest. @param {Client} client @param {string} name @param {string} tag @param {ReturnType<typeof newImage>} image */
export async function pushImage(client, name, tag, { blobs, manifest }) {
  await each(blobs.length, 4, async (index) => {
    const blob = blobs[index];
    if (!blob) return;
    await client.expect([404, 200], 'HEAD', `/v2/${name}/blobs/${blob.digest}`);
    await client.pushLayer(name, { ...blob, open: () => blob.bytes });
  });
  await client.pushManifest(name, tag, manifest);
}

export function newImage() {
  const blobs = Array.from({ length: IMAGE_LAYERS + 1 }, (_, index) => {
    const bytes = index === 0 ? Buffer.from(JSON.stringify(configOf())) : randomBytes(SMALL_LAYER_BYTES);
    return { bytes, digest: digestOf(bytes), sizeBytes: bytes.length };
  });
  const [config, ...layers] = blobs;
  if (!config) throw new Error('an image has a config');
  return { blobs, manifest: manifestOf({ config, layers }) };
}

function configOf() {
  return {
    architecture: 'amd64',
    os: 'linux',
    config: { Cmd: ['/bin/sh'] },
    rootfs: {
      type: 'layers',
      diff_ids: Array.from({ length: IMAGE_LAYERS }, () => digestOf(randomBytes(8))),
    },
  };
}

/** Each with a connection of its own, as CI machines have them. @param {Target} target */
async function pullImages({ url, headers, repository, seeded }) {
  const name = repository('images');
  const began = performance.now();
  const count = seeded.imageTags.length * 2;
  await each(16, 16, async (client) => {
    const own = new Client(url, { ...headers, Accept: MANIFEST });
    for (let index = client; index < count; index += 16) {
      const tag = seeded.imageTags[index % seeded.imageTags.length];
      const { body } = await own.expect([200], 'GET', `/v2/${name}/manifests/${tag}`);
      const { config, layers } = JSON.parse(body.toString());
      await each(layers.length + 1, 3, async (part) => {
        const { digest } = part === 0 ? config : layers[part - 1];
        await own.expect([200], 'GET', `/v2/${name}/blobs/${digest}`, { isDropped: true });
      });
    }
    own.agent.destroy();
  });
  return count / ((performance.now() - began) / 1000);
}
