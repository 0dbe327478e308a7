import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apiOf } from '../support/api.js';
import { startApp, type TestApp } from '../support/app.js';
import { adminToken } from '../support/authorization.js';
import { randomImage } from '../support/images.js';
import { RegistryClient } from '../support/registry-client.js';
import { CommandLine } from './command-line.js';

describe('berth retention', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app.close());

  it('removes exactly what the preview has told, into trash', async () => {
    const credentials = await adminToken(app);
    const client = new RegistryClient({ url: app.url, credentials, scheme: 'basic' });
    for (const tag of ['one', 'two', 'three']) await client.push('team/app', randomImage(), tag);
    const berth = new CommandLine({ BERTH_DATABASE_URL: app.databaseUrl });
    expect(await berth.run(['retention', 'preview', 'team/app'])).toMatchObject({
      code: 4,
      stderr: 'Neither team/app nor its namespace has a retention policy: set one first.\n',
    });
    const retention = { rules: [{ tags: ['*'], keepLast: 1 }] };
    await apiOf(app, credentials).put('/repositories/team%2Fapp/lifecycle', { retention }).expect(200);
    const told = await berth.json<{ tags: { tag: string }[]; manifests: string[] }>([
      'retention',
      'preview',
      'team/app',
    ]);
    expect(told.tags.map(({ tag }) => tag).sort()).toEqual(['one', 'two']);
    expect(await client.tags('team/app')).toHaveLength(3);
    expect(await berth.json(['retention', 'run', 'team/app'])).toMatchObject({
      tagCount: 2,
      manifestCount: told.manifests.length,
    });
    expect(await client.tags('team/app')).toEqual(['three']);
  });
});
