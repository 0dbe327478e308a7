export * from './blob-store.js';
export * from './errors.js';
export * from './filesystem-blob-store.js';
