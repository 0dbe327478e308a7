// Rows of blobs that are read.
import { downloadBytesPerSecond } from '../load.mjs';
import { gets, ofRepository } from './requests.mjs';

const NOMINAL_MIB_PER_SECOND = 700;

/** @type {import('../workloads.mjs').Workload[]} */
export const blobWorks = [
  {
    ...{ id: 'small-blob', title: 'GET blob of 4 KiB', unit: 'requests/s', atLeast: 9 },
    ...{ ceiling: 'answers', needs: 'many' },
    expectedSeconds: ({ seconds }) => seconds,
    run: (target) =>
      gets(target, [ofRepository(target.repository('many'))(`blobs/${target.seeded.smallBlob}`)]),
  },
  {
    ...{ id: 'blob-100m', title: 'GET blob of 100 MiB, 4 readers', unit: 'MB/s', atLeast: 1 },
    ...{ atLeastOnS3: 1.2, ceiling: 'loopback', needs: 'blobs', isObjectStore: true },
    expectedSeconds: ({ size }) => (4 * size.mediumMib) / NOMINAL_MIB_PER_SECOND,
    run: (target) => downloads(target, target.seeded.mediumBlob, 4),
  },
  {
    ...{ id: 'blob-1g', title: 'GET blob of 1 GiB, 1 reader', unit: 'MB/s', atLeast: 1 },
    ...{ ceiling: 'loopback', needs: 'blobs' },
    expectedSeconds: ({ size }) => size.largeMib / NOMINAL_MIB_PER_SECOND,
    run: (target) => downloads(target, target.seeded.largeBlob, 1),
  },
];

/** @param {import('../workloads.mjs').Target} target @param {{ digest: string, sizeBytes: number }} blob @param {number} readers */
async function downloads({ url, headers, repository }, { digest, sizeBytes }, readers) {
  const path = ofRepository(repository('blobs'))(`blobs/${digest}`);
  const paths = Array.from({ length: readers }, () => path);
  return (await downloadBytesPerSecond({ url, headers, sizeBytes, paths })) / 1e6;
}
