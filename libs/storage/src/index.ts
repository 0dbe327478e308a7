export * from './blob-store.js';
export * from './errors.js';
export * from './filesystem-blob-store.js';
export * from './s3-blob-store.js';
export type { S3BlobStoreOptions } from './s3-client.js';
export { giveBack } from './transfer-buffers.js';
