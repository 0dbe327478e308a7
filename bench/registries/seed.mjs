// What every registry holds before it is measured: the same bytes, pushed by the same requests.
import { createHash, randomBytes } from 'node:crypto';
import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import path from 'node:path';
import { digestOf, each, manifestOf } from './client.mjs';
import { uploadBytesPerSecond } from './load.mjs';
import { newImage, pushImage } from './works/images.mjs';

const MIB = 1024 * 1024;
const PART = 1000;

/** @typedef {{ path: string, digest: string, sizeBytes: number }} BlobFile */

/**
 * @typedef {object} Content the bytes that all registries get
 * @property {Buffer[]} manifests @property {Buffer[]} largeManifests @property {Buffer} config @property {Buffer} smallBlob
 * @property {ReturnType<typeof newImage>[]} images @property {Record<'medium' | 'large', BlobFiles>} files
 * @property {BlobFile} mediumFile @property {BlobFile} largeFile
 */

/**
 * @typedef {object} Seeded
 * @property {string[]} tags @property {string[]} largeTags @property {string[]} imageTags
 * @property {string} hotDigest @property {string} smallBlob
 * @property {{ digest: string, sizeBytes: number }} mediumBlob @property {{ digest: string, sizeBytes: number }} largeBlob
 * @property {Record<'medium' | 'large', BlobFiles>} files to be pushed
 */

/** Files of random bytes that are new to a registry each time they are pushed. */
export class BlobFiles {
  /** @param {string} directory @param {string} name @param {number} count @param {number} sizeMib */
  constructor(directory, name, count, sizeMib) {
    this.sizeMib = sizeMib;
    this.paths = Array.from({ length: count }, (_, index) => path.join(directory, `${name}-${index}`));
    for (const file of this.paths) writeRandom(file, sizeMib);
  }

  /** Other first bytes, so another digest. @returns {BlobFile[]} */
  renew() {
    return this.paths.map((file) => {
      const descriptor = openSync(file, 'r+');
      writeSync(descriptor, randomBytes(64), 0, 64, 0);
      closeSync(descriptor);
      return { path: file, digest: digestOfFile(file), sizeBytes: this.sizeMib * MIB };
    });
  }
}

/** @param {string} file @param {number} sizeMib */
function writeRandom(file, sizeMib) {
  const descriptor = openSync(file, 'w');
  for (let written = 0; written < sizeMib; written++) writeSync(descriptor, randomBytes(MIB));
  closeSync(descriptor);
}

/** @param {string} file */
function digestOfFile(file) {
  const hash = createHash('sha256');
  const chunk = Buffer.alloc(4 * MIB);
  const descriptor = openSync(file, 'r');
  for (let read = readSync(descriptor, chunk); read > 0; read = readSync(descriptor, chunk)) {
    hash.update(chunk.subarray(0, read));
  }
  closeSync(descriptor);
  return `sha256:${hash.digest('hex')}`;
}

/** @param {string} directory @param {import('./sizes.mjs').Size} size @returns {Content} */
export function makeContent(directory, size) {
  const config = Buffer.from(
    JSON.stringify({ architecture: 'amd64', os: 'linux', rootfs: { type: 'layers', diff_ids: [] } }),
  );
  const smallBlob = randomBytes(4096);
  const parts = {
    config: { digest: digestOf(config), sizeBytes: config.length },
    layers: [{ digest: digestOf(smallBlob), sizeBytes: smallBlob.length }],
  };
  const files = {
    medium: new BlobFiles(directory, 'medium', 4, size.pushedMib),
    large: new BlobFiles(directory, 'large', 1, size.largeMib),
  };
  const [mediumFile] = new BlobFiles(directory, 'read-medium', 1, size.mediumMib).renew();
  const [largeFile] = new BlobFiles(directory, 'read-large', 1, size.largeMib).renew();
  if (!mediumFile || !largeFile) throw new Error('there are no files to read');
  return {
    config,
    smallBlob,
    manifests: Array.from({ length: size.tags }, () => manifestOf({ ...parts, sizeBytes: 1500 })),
    largeManifests: Array.from({ length: size.largeTags }, () => manifestOf({ ...parts, sizeBytes: 65_536 })),
    images: Array.from({ length: size.images }, newImage),
    files,
    mediumFile,
    largeFile,
  };
}

/** @typedef {{ server: import('./servers.mjs').Server, repository: (name: string) => string, content: Content, images: number }} Filling */

/** @type {Record<import('./sizes.mjs').Need, (filling: Filling) => Promise<void>>} */
const fill = {
  many: (filling) => pushManifests(filling, 'many', filling.content.manifests),
  large: (filling) => pushManifests(filling, 'large', filling.content.largeManifests),
  blobs: async ({ server, repository, content }) => {
    const blobs = repository('blobs');
    const files = [content.mediumFile, content.largeFile];
    await uploadBytesPerSecond({ client: await server.pusher(blobs), repository: blobs, files });
  },
  images: async ({ server, repository, content, images }) => {
    const pulled = repository('images');
    const client = await server.pusher(pulled);
    await each(images, 8, async (index) => {
      const image = content.images[index];
      if (image) await pushImage(client, pulled, `image-${index}`, image);
    });
    client.agent.destroy();
  },
};

/**
 * Fills the repositories of one way of reading, as far as they are needed.
 *
 * @param {Filling} filling @param {Iterable<import('./sizes.mjs').Need>} needs
 * @returns {Promise<Seeded>}
 */
export async function seed(filling, needs) {
  for (const need of needs) await fill[need](filling);
  const { content } = filling;
  return {
    tags: content.manifests.map((_, index) => `tag-${index}`),
    largeTags: content.largeManifests.map((_, index) => `tag-${index}`),
    imageTags: content.images.slice(0, filling.images).map((_, index) => `image-${index}`),
    hotDigest: digestOf(content.manifests[0] ?? ''),
    smallBlob: digestOf(content.smallBlob),
    mediumBlob: content.mediumFile,
    largeBlob: content.largeFile,
    files: content.files,
  };
}

/** In parts, since a registry token lives five minutes. @param {Filling} filling @param {string} name @param {Buffer[]} manifests */
async function pushManifests({ server, repository, content }, name, manifests) {
  const whole = repository(name);
  const first = await server.pusher(whole);
  await first.pushBlob(whole, content.config);
  await first.pushBlob(whole, content.smallBlob);
  for (let from = 0; from < manifests.length; from += PART) {
    const client = await server.pusher(whole);
    const part = manifests.slice(from, from + PART);
    await each(part.length, 16, async (index) => {
      const bytes = part[index];
      if (bytes) await client.pushManifest(whole, `tag-${from + index}`, bytes);
    });
    client.agent.destroy();
  }
}
