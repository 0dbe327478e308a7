import { setTimeout as delay } from 'node:timers/promises';
import type { Berth } from '../support/berth-process.js';
import { randomImage } from '../support/images.js';
import { type Credentials, RegistryClient, UnexpectedAnswer } from '../support/registry-client.js';
import type { Acknowledged } from './pusher.js';

/** Clients that push all the time, whatever they are answered. */
export interface Load {
  /** What was answered with 201. */
  readonly acknowledged: Acknowledged[];
  /** How often each other answer came; `cut` for a connection that broke. */
  readonly refusals: Map<number | 'cut', number>;
  stop(): Promise<void>;
}

/** An access token as credentials: a password would be verified at every request. */
export function startLoad(berth: Berth, credentials: Credentials, clients = 4): Load {
  const load: Load = { acknowledged: [], refusals: new Map(), stop };
  let isStopping = false;
  const pushers = Array.from({ length: clients }, async (_, number) => {
    const client = new RegistryClient({ url: berth.url, credentials, scheme: 'basic' });
    while (!isStopping) {
      await pushOne(client, `load/app-${number}`, load).catch((error: unknown) => {
        const answer = error instanceof UnexpectedAnswer ? error.status : 'cut';
        load.refusals.set(answer, (load.refusals.get(answer) ?? 0) + 1);
        return delay(100); // as a client waits before it tries again
      });
    }
  });
  async function stop(): Promise<void> {
    isStopping = true;
    await Promise.all(pushers);
  }
  return load;
}

async function pushOne(client: RegistryClient, repository: string, { acknowledged }: Load): Promise<void> {
  const image = randomImage({ layerSizeBytes: 100_000 });
  for (const content of image.blobs) {
    await client.pushBlob(repository, content);
    acknowledged.push({ kind: 'blob', repository, content });
  }
  await client.putManifest(repository, image);
  acknowledged.push({ kind: 'manifest', repository, tag: image.digest, content: image });
}
