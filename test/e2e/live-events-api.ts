import { afterAll, afterEach, beforeAll } from 'vitest';
import { startApp, type TestApp } from '../support/app.js';
import { type OpenStream, openStream, type StreamOptions } from '../support/event-stream.js';
import { type Credentials, RegistryClient } from '../support/registry-client.js';
import { World } from '../support/world.js';

/** Pushes go to `app`; streams are followed at `other`, another replica. */
export let app: TestApp;
export let other: TestApp;
export let world: World;
export let people: Record<'alice' | 'member' | 'stranger', Credentials>;
/** Of alice, at `app`. */
export let client: RegistryClient;
/** Streams of the test, closed after it. */
export let open: OpenStream[] = [];

/** Two replicas for a file of tests, with a team and its repositories. */
export function setUp(): void {
  beforeAll(async () => {
    app = await startApp();
    other = await startApp({ replicaOf: app });
    world = await World.open(app.databaseUrl);
    people = {
      alice: await world.user('alice'),
      member: await world.user('member'),
      stranger: await world.user('stranger'),
    };
    await world.organization('team', { alice: 'owner', member: 'reader' });
    await world.repository('team/private');
    await world.repository('team/public', { visibility: 'public' });
    client = new RegistryClient({ url: app.url, credentials: people.alice });
  });
  afterEach(async () => {
    await Promise.all(open.map((stream) => stream.close()));
    open = [];
  });
  afterAll(async () => {
    await world.close();
    await other.close();
    await app.close();
  });
}

export async function follow(options: StreamOptions, at = other): Promise<OpenStream> {
  const stream = await openStream(at.url, options);
  open.push(stream);
  return stream;
}

/** The data of the events about what goes on. */
export const progress = (stream: OpenStream) =>
  stream.events.filter(({ kind }) => kind === 'push-progress').map(({ data }) => data);
