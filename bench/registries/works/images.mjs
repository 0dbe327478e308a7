// Rows of whole images, as clients push and pull them.
import { randomBytes } from 'node:crypto';
import { Client, digestOf, each, MANIFEST, manifestOf } from '../client.mjs';

/** @typedef {import('../workloads.mjs').Target} Target */

const IMAGE_LAYERS = 8;
const SMALL_LAYER_BYTES = 8192;

/** @type {import('../workloads.mjs').Workload[]} */
export const imageWorks = [
  {
    ...{ id: 'push-images', title: 'push whole images of 8 small layers, 8 clients', unit: 'images/s' },
    ...{ atLeast: 1.3, atLeastOnS3: 1.2, isWrite: true, isObjectStore: true },
    expectedSeconds: ({ size, store }) => size.images / (store === 's3' ? 4 : 20),
    run: pushImages,
  },
  {
    ...{ id: 'pull-images', title: 'pull whole images of 8 small layers, 16 clients', unit: 'images/s' },
    ...{ atLeast: 2, atLeastOnS3: 1.2, needs: 'images', isObjectStore: true },
    expectedSeconds: ({ size }) => (2 * size.images) / 100,
    run: pullImages,
  },
];

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
  client.agent.destroy();
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

/** Each with connections of its own, as CI machines have them. @param {Target} target */
async function pullImages({ url, headers, repository, seeded }) {
  const name = repository('images');
  const began = performance.now();
  const count = seeded.imageTags.length * 2;
  await each(16, 16, async (client) => {
    const own = new Client(url, { ...headers, Accept: MANIFEST });
    for (let index = client; index < count; index += 16) {
      await pullImage(own, name, seeded.imageTags[index % seeded.imageTags.length] ?? '');
    }
    own.agent.destroy();
  });
  return count / ((performance.now() - began) / 1000);
}

/** The manifest, then the config and the layers, three at a time as docker does. @param {Client} client @param {string} name @param {string} tag */
export async function pullImage(client, name, tag, width = 3) {
  const { body } = await client.expect([200], 'GET', `/v2/${name}/manifests/${tag}`);
  const { config, layers } = JSON.parse(body.toString());
  await each(layers.length + 1, width, async (part) => {
    const { digest } = part === 0 ? config : layers[part - 1];
    await client.expect([200], 'GET', `/v2/${name}/blobs/${digest}`, { isDropped: true });
  });
}
