import { randomInt } from 'node:crypto';
import type { Berth } from '../support/berth-process.js';
import { type Content, randomImage } from '../support/images.js';
import { RegistryClient, UnexpectedAnswer } from '../support/registry-client.js';

/** What Berth answered with 201. */
export interface Acknowledged {
  kind: 'blob' | 'manifest';
  repository: string;
  /** Of a manifest. */
  tag?: string;
  content: Content;
}

/**
 * Pushes one random image after another and writes down each 201, until a connection breaks.
 * Throws when Berth answers anything but success.
 */
export async function pushUntilCut(berth: Berth, repository: string, seen: (item: Acknowledged) => void) {
  const client = new RegistryClient({ url: berth.url, credentials: berth.admin });
  try {
    for (let number = 0; ; number++) {
      const image = randomImage({ layers: 2, layerSizeBytes: randomInt(1, 1_000_000) });
      for (const content of image.blobs) {
        await client.pushBlob(repository, content);
        seen({ kind: 'blob', repository, content });
      }
      const tag = `tag-${Date.now()}-${number}`;
      await client.putManifest(repository, image, tag);
      seen({ kind: 'manifest', repository, tag, content: image });
    }
  } catch (error) {
    if (error instanceof UnexpectedAnswer) throw error;
  }
}

/** The acknowledged items that Berth no longer gives back, byte for byte. */
export async function missingFrom(berth: Berth, items: readonly Acknowledged[]): Promise<string[]> {
  const client = new RegistryClient({ url: berth.url, credentials: berth.admin });
  const missing: string[] = [];
  for (const { kind, repository, tag, content } of items) {
    const name = `${kind} ${repository} ${tag ?? ''} ${content.digest}`;
    const pulled =
      kind === 'blob'
        ? client.pullBlob(repository, content.digest)
        : client.pullManifest(repository, tag ?? content.digest);
    await pulled.then(
      (bytes) => bytes.equals(content.bytes) || missing.push(`${name}: other bytes`),
      (error: Error) => missing.push(`${name}: ${error.message}`),
    );
  }
  return missing;
}
