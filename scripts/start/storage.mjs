import { importBuilt } from './built-modules.mjs';
import { StartFailure } from './failure.mjs';

/**
 * Makes sure, before any worker starts, that the blob store can be used.
 *
 * @param {import('../../apps/registry-api/src/env.js').Env} env
 * @throws {StartFailure} that says why it cannot
 */
export async function prepareStorage(env) {
  const { createBlobStore } = await importBuilt('blobs/blob-store.provider.js');
  try {
    const store = createBlobStore(env);
    await store.prepare();
    await store.close();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const variables = env.storage.kind === 's3' ? 'the BERTH_S3_… variables' : 'BERTH_DATA_DIR';
    throw new StartFailure(`${reason[0]?.toUpperCase()}${reason.slice(1)}. Check ${variables}.`, { cause });
  }
}

/** @param {import('../../apps/registry-api/src/env.js').Env} env */
export function describeStorage({ storage }) {
  return storage.kind === 's3' ? `bucket ${storage.bucket} at ${storage.endpoint}` : storage.directory;
}
