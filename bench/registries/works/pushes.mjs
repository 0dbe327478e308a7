// Rows of blobs that are pushed, and of tokens.
import { randomBytes } from 'node:crypto';
import { each } from '../client.mjs';
import { getsPerSecond, uploadBytesPerSecond } from '../load.mjs';

/** @typedef {import('../workloads.mjs').Target} Target */

const NOMINAL_MIB_PER_SECOND = 150;

/** @type {import('../workloads.mjs').Workload[]} */
export const pushWorks = [
  {
    ...{ id: 'push-1k', title: 'push blobs of 1 KB, 8 clients', unit: 'requests/s', atLeast: 1.5 },
    isWrite: true,
    expectedSeconds: ({ seconds }) => seconds,
    run: pushSmallBlobs,
  },
  {
    ...{ id: 'push-64m', title: 'push blobs of 64 MiB, 4 writers', unit: 'MB/s', atLeast: 1.1 },
    ...{ atLeastOnS3: 1.2, ceiling: 'hash', isWrite: true, isObjectStore: true },
    expectedSeconds: ({ size }) => (4 * size.pushedMib) / NOMINAL_MIB_PER_SECOND,
    run: (target) => uploads(target, target.seeded.files.medium),
  },
  {
    ...{ id: 'push-1g', title: 'push a blob of 1 GiB', unit: 'MB/s', atLeast: 1.1 },
    ...{ ceiling: 'hash', isWrite: true },
    expectedSeconds: ({ size }) => size.largeMib / NOMINAL_MIB_PER_SECOND,
    run: (target) => uploads(target, target.seeded.files.large),
  },
  {
    ...{ id: 'token', title: 'token for a pull, by an access token', unit: 'requests/s' },
    ...{ isWrite: true, ceiling: 'answers' },
    expectedSeconds: ({ seconds }) => seconds,
    isMeasuredOn: ({ askToken }) => askToken !== undefined,
    run: askTokens,
  },
];

/** @param {Target} target @param {import('../seed.mjs').BlobFiles} files each run makes them new to the registry */
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
  client.agent.destroy();
  return pushed / ((performance.now() - began) / 1000);
}

/** @param {Target} target */
async function askTokens({ server, url, repository, seconds }) {
  const Authorization = (await server.askToken?.()) ?? '';
  const paths = [`/token?scope=repository:${repository('many')}:pull`];
  const { perSecond } = await getsPerSecond({ url, paths, seconds, headers: { Authorization } });
  return perSecond;
}
