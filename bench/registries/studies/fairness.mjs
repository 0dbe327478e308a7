// Whether slow clients, or one that takes all it can, are felt by the others.
import { spawn } from 'node:child_process';
import { getsPerSecond } from '../load.mjs';
import { accepting, ofRepository } from '../works/requests.mjs';
import { SlowClients } from './slow-clients.mjs';
import { verdict } from './verdict.mjs';

const OTHERS = { connections: 16, pauseMilliseconds: 20 };
const SLOW_CLIENTS = 500;
const MOST_TIMES = 2;
const REPEATED = 3;

/** @type {import('../studies.mjs').Study} */
export const fairness = {
  id: 'fairness',
  title: `Manifests for ${OTHERS.connections} clients that ask 50 times a second each, beside others`,
  needs: ['many', 'blobs'],
  expectedSeconds: ({ seconds }) => 3 * REPEATED * (seconds + 1),
  async run({ readers, seconds }) {
    const [reader] = readers;
    if (!reader) throw new Error('there is no registry to ask');
    /** @type {Record<string, number[]>} */
    const p95 = { alone: [], slow: [], large: [] };
    for (let round = 0; round < REPEATED; round++) {
      p95.alone?.push(await p95Of(reader, seconds));
      p95.slow?.push(await besideSlow(reader, () => p95Of(reader, seconds)));
      p95.large?.push(await besideLarge(reader, () => p95Of(reader, seconds)));
    }
    const least = (/** @type {string} */ name) => Math.min(...(p95[name] ?? []));
    const alone = least('alone');
    const lines = [
      ['nothing', `${alone.toFixed(1)} ms`, ''],
      ...besides.map(({ id, title }) => [
        title,
        `${least(id).toFixed(1)} ms`,
        `${(least(id) / alone).toFixed(2)} ×`,
      ]),
    ];
    const verdicts = besides.map(({ id, title }) => {
      const times = least(id) / alone;
      return verdict(
        `p95 beside ${title} is ${times.toFixed(2)} ×`,
        `at most ${MOST_TIMES} ×`,
        times <= MOST_TIMES,
      );
    });
    return { columns: ['beside', `p95, the best of ${REPEATED}`, 'of that alone'], lines, verdicts };
  },
};

const besides = [
  { id: 'slow', title: `${SLOW_CLIENTS} clients of 1 byte a second, half of which push` },
  { id: 'large', title: 'one client that pulls 1 GiB again and again' },
];

/** @param {import('../measure.mjs').Reader} reader @param {number} seconds */
async function p95Of({ server, repository, seeded, headers }, seconds) {
  const name = repository('many');
  const paths = seeded.tags.map((tag) => ofRepository(name)(`manifests/${tag}`));
  const given = accepting({ headers: await headers(name) });
  return (await getsPerSecond({ url: server.url, paths, headers: given, seconds, ...OTHERS })).p95;
}

/** @param {import('../measure.mjs').Reader} reader @param {() => Promise<number>} work */
async function besideSlow({ server, repository, seeded, headers }, work) {
  const slow = new SlowClients();
  const pushed = repository('slow');
  const pusher = await server.pusher(pushed);
  try {
    const blobs = repository('blobs');
    const path = `/v2/${blobs}/blobs/${seeded.mediumBlob.digest}`;
    await slow.read(SLOW_CLIENTS / 2, server.url, path, await headers(blobs));
    await slow.push(SLOW_CLIENTS / 2, pusher, pushed);
    return await work();
  } finally {
    slow.stop();
    pusher.agent.destroy();
  }
}

/** @param {import('../measure.mjs').Reader} reader @param {() => Promise<number>} work */
async function besideLarge({ server, repository, seeded, headers }, work) {
  const blobs = repository('blobs');
  const url = `${server.url}/v2/${blobs}/blobs/${seeded.largeBlob.digest}`;
  const given = Object.entries(await headers(blobs)).flatMap(([name, value]) => ['-H', `${name}: ${value}`]);
  const addresses = Array.from({ length: 100 }, () => ['-o', '/dev/null', url]).flat();
  const child = spawn('curl', ['-sf', ...given, ...addresses], { stdio: 'ignore' });
  const ended = new Promise((resolve) => child.once('close', resolve));
  try {
    return await work();
  } finally {
    child.kill();
    await ended;
  }
}
