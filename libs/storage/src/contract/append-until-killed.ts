// Run by `killed-child.ts`: appends without end and prints each durable state as a line.
import { type BlobStore, FilesystemBlobStore, S3BlobStore } from '../index.js';
import type { StoreDescription } from './store-under-test.js';
import { TestBytes } from './test-bytes.js';

const description = JSON.parse(process.argv[2] ?? '') as StoreDescription;
const store: BlobStore =
  description.kind === 'filesystem'
    ? new FilesystemBlobStore(description.options)
    : new S3BlobStore(description.options);

await store.append(store.begin(), new TestBytes('a blob').chunks(0, Number.MAX_SAFE_INTEGER), {
  onDurable: async (state) => {
    process.stdout.write(`${JSON.stringify(state)}\n`);
  },
});
