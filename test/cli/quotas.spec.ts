import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../support/app.js';
import { adminToken } from '../support/authorization.js';
import { randomBlob } from '../support/images.js';
import { RegistryClient } from '../support/registry-client.js';
import { CommandLine } from './command-line.js';

describe('berth quotas', () => {
  let app: TestApp;
  let berth: CommandLine;
  let client: RegistryClient;
  beforeAll(async () => {
    app = await startApp();
    berth = new CommandLine({ BERTH_DATABASE_URL: app.databaseUrl });
    client = new RegistryClient({ url: app.url, credentials: await adminToken(app), scheme: 'basic' });
    await client.pushBlob('team/app', randomBlob(1000));
  });
  afterAll(() => app.close());

  const pushed = async (sizeBytes: number) => {
    const { bytes, digest } = randomBlob(sizeBytes);
    const path = `/v2/team/app/blobs/uploads/?digest=${digest}`;
    return (await client.request('POST', path, { body: bytes })).status;
  };

  it('sets a limit that pushes are held to, keeps the other one, and takes both away', async () => {
    expect(await berth.json(['quotas', 'set', 'team', '--bytes', '2kB'])).toEqual({
      usedBytes: 1000,
      usedRepositories: 1,
      maxBytes: 2000,
      maxRepositories: null,
    });
    expect(await pushed(1001)).toBe(403);
    expect(await berth.run(['quotas', 'set', 'team', '--repositories', '5'])).toMatchObject({
      code: 0,
      stdout: '"team" has 1000 B of 2.0 KiB, and 1 repositories of 5.\n',
    });
    await berth.json(['quotas', 'set', '--instance', '--bytes', '1TiB']);
    const listed = await berth.json<{ namespace: string | null }[]>(['quotas', 'list']);
    expect(listed).toMatchObject([
      { namespace: null, maxBytes: 1024 ** 4 },
      { namespace: 'team', maxBytes: 2000, maxRepositories: 5 },
    ]);
    expect(await berth.json(['quotas', 'set', 'team', '--bytes', 'none'])).toMatchObject({
      maxBytes: null,
      maxRepositories: 5,
    });
    await berth.json(['quotas', 'remove', 'team']);
    expect(await berth.json(['quotas', 'show', 'team'])).toMatchObject({ maxRepositories: null });
    expect(await pushed(1001)).toBe(201);
  });

  it.each([
    { args: ['set', 'team'], code: 2, says: 'Say what the limit is' },
    { args: ['set', '--bytes', '1GB'], code: 2, says: 'Name a namespace, or say --instance.' },
    { args: ['set', 'team', '--bytes', 'much'], code: 2, says: 'Write it as 500kB, 50MiB or 2GiB.' },
    { args: ['set', 'team', '--repositories', '-1'], code: 4, says: 'maxRepositories' },
    { args: ['show', 'no-such'], code: 3, says: 'There is no such namespace' },
  ])('refuses $args', async ({ args, code, says }) => {
    const result = await berth.run(['quotas', ...args]);
    expect(result.code).toBe(code);
    expect(result.stderr).toContain(says);
  });
});
