// What a whole Berth of its own takes: workers, embedded Postgres, web app.
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Client, each, MANIFEST } from '../client.mjs';
import { downloadBytesPerSecond, getsPerSecond, uploadBytesPerSecond } from '../load.mjs';
import { memoryByProgram } from '../processes.mjs';
import { BlobFiles } from '../seed.mjs';
import { startBerth } from '../servers.mjs';
import { newImage, pullImage, pushImage } from '../works/images.mjs';
import { verdict } from './verdict.mjs';

const MIB = 1024 * 1024;
const IDLE_MIB = 450;
const LOADED_MIB = 800;
const SETTLING_SECONDS = 10;
const IMAGES = 40;

/** @type {import('../studies.mjs').Study} */
export const memory = {
  id: 'memory',
  title: 'Memory of a whole Berth (PSS), embedded Postgres and pages included',
  needs: [],
  expectedSeconds: ({ seconds }) => 15 + SETTLING_SECONDS + 8 * seconds,
  async run({ directory, seconds, size }) {
    const folder = path.join(directory, 'memory');
    mkdirSync(folder);
    const berth = await startBerth(folder);
    try {
      const { pid } = berth;
      if (pid === undefined) throw new Error('Berth has no process');
      await delay(SETTLING_SECONDS * 1000); // what the start has used is given back in the first seconds
      const idle = memoryByProgram(pid);
      let most = idle;
      const sampler = setInterval(() => {
        const now = memoryByProgram(pid);
        if (sum(now) > sum(most)) most = now;
      }, 500);
      try {
        await load(berth, { folder, seconds: seconds * 6, sizeMib: size.pushedMib });
      } finally {
        clearInterval(sampler);
      }
      return describe(idle, most);
    } catch (error) {
      console.error(berth.said());
      throw error;
    } finally {
      await berth.stop();
    }
  },
};

/** @typedef {Record<string, number>} ByProgram bytes */

/** @param {ByProgram} programs */
const sum = (programs) => Object.values(programs).reduce((all, bytes) => all + bytes, 0);

/** @param {ByProgram} idle @param {ByProgram} most */
function describe(idle, most) {
  const mib = (/** @type {number} */ bytes) => String(Math.round(bytes / MIB));
  const names = Object.keys(most);
  const aims = [
    { when: 'Idle', programs: idle, atMost: IDLE_MIB },
    { when: 'Under load', programs: most, atMost: LOADED_MIB },
  ];
  return {
    columns: ['when', ...names.map((name) => `${name}, MiB`), 'together, MiB'],
    lines: aims.map(({ when, programs }) => [
      when,
      ...names.map((name) => mib(programs[name] ?? 0)),
      mib(sum(programs)),
    ]),
    verdicts: aims.map(({ when, programs, atMost }) =>
      verdict(`${when}: ${mib(sum(programs))} MiB`, `at most ${atMost} MiB`, sum(programs) <= atMost * MIB),
    ),
  };
}

/**
 * All kinds of work at once: manifests for 128 clients, pages, whole images, large blobs both ways.
 *
 * @param {import('../servers.mjs').Server} berth @param {{ folder: string, seconds: number, sizeMib: number }} plan
 */
async function load(berth, { folder, seconds, sizeMib }) {
  const repository = 'open/images';
  const pusher = await berth.pusher(repository);
  const images = Array.from({ length: IMAGES }, newImage);
  await each(IMAGES, 8, async (index) => {
    const image = images[index];
    if (image) await pushImage(pusher, repository, `image-${index}`, image);
  });
  const files = new BlobFiles(folder, 'pushed', 4, sizeMib);
  const ends = performance.now() + seconds * 1000;
  const untilTheEnd = async (/** @type {() => Promise<unknown>} */ work) => {
    while (performance.now() < ends) await work();
  };
  const puller = new Client(berth.url, { Accept: MANIFEST });
  const browser = new Client(berth.url, { Accept: 'text/html' });
  const paths = images.map((_, index) => `/v2/${repository}/manifests/image-${index}`);
  const pages = ['/', '/explore', `/r/${repository}`, `/r/${repository}/-/tags`];
  let large = await push(berth, files);
  await Promise.all([
    getsPerSecond({ url: berth.url, paths, headers: { Accept: MANIFEST }, seconds, connections: 128 }),
    untilTheEnd(async () => (large = await push(berth, files))),
    untilTheEnd(() =>
      downloadBytesPerSecond({
        url: berth.url,
        headers: {},
        sizeBytes: sizeMib * MIB,
        paths: large.map((digest) => `/v2/open/blobs/blobs/${digest}`),
      }),
    ),
    untilTheEnd(() => each(16, 8, (index) => pullImage(puller, repository, `image-${index % IMAGES}`))),
    untilTheEnd(() =>
      each(8, 4, async (index) => {
        await browser.expect([200], 'GET', pages[index % pages.length] ?? '/');
      }),
    ),
  ]);
  for (const client of [puller, browser, pusher]) client.agent.destroy();
}

/** @param {import('../servers.mjs').Server} berth @param {BlobFiles} files */
async function push(berth, files) {
  const renewed = files.renew();
  const client = await berth.pusher('open/blobs');
  await uploadBytesPerSecond({ client, repository: 'open/blobs', files: renewed });
  client.agent.destroy();
  return renewed.map(({ digest }) => digest);
}
