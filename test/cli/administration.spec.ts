import supertest from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../support/app.js';
import { randomImage } from '../support/images.js';
import { RegistryClient } from '../support/registry-client.js';
import { World } from '../support/world.js';
import { CommandLine } from './command-line.js';

describe('berth', () => {
  let app: TestApp;
  let world: World;
  let berth: CommandLine;
  beforeAll(async () => {
    app = await startApp();
    world = await World.open(app.databaseUrl);
    berth = new CommandLine({ BERTH_DATABASE_URL: app.databaseUrl });
  });
  afterAll(async () => {
    await world.close();
    await app.close();
  });

  const statusOf = async (username: string, password: string): Promise<number> =>
    (await supertest(app.url).get('/api/v1/me').auth(username, password)).status;
  const lastEntry = async (action: string) => {
    const [entry] = await world.sql<{
      actor: string;
      credential: string;
      address: string | null;
      object: string;
    }>(
      'SELECT actor, credential, address, object FROM audit_log WHERE action = $1 ORDER BY id DESC LIMIT 1',
      [action],
    );
    return entry;
  };

  it('makes an account with a password from standard input, and one with a link', async () => {
    const password = 'a password by pipe';
    const made = await berth.run(['users', 'add', 'piped', '--admin', '--password-stdin'], `${password}\n`);
    expect(made).toMatchObject({ code: 0, stdout: '"piped" has an account now.\n', stderr: '' });
    expect(await statusOf('piped', password)).toBe(200);
    const invited = await berth.json<{ passwordLink: { url: string } }>(['users', 'add', 'invited']);
    expect(invited.passwordLink.url).toContain('/set-password#');
    expect(await lastEntry('user.create')).toEqual({
      actor: 'berth cli',
      credential: 'this machine',
      address: null,
      object: 'user:invited',
    });
    const users = await berth.json<{ username: string; isAdmin: boolean }[]>(['users', 'list', '--admins']);
    expect(users.map(({ username }) => username)).toEqual(['admin', 'piped']);
  });

  it('disables, enables, grants and takes admin, as the API does', async () => {
    const { username, password } = await world.user('changed');
    expect(await berth.run(['users', 'disable', username])).toMatchObject({
      code: 0,
      stdout: '"changed" is disabled.\n',
    });
    expect(await statusOf(username, password)).toBe(401);
    await berth.json(['users', 'enable', username]);
    expect(await statusOf(username, password)).toBe(200);
    await berth.json(['users', 'grant-admin', username]);
    expect(await berth.json(['users', 'revoke-admin', username])).toMatchObject({ isAdmin: false });
    expect(await lastEntry('user.change')).toMatchObject({ actor: 'berth cli', object: 'user:changed' });
  });

  it('makes an access token for a user, lists it without its secret, and revokes it', async () => {
    await world.user('owner');
    const options = ['--owner', 'owner', '--scope', 'repository:read', 'admin', '--expires-in', '2d'];
    const made = await berth.json<{ id: string; token: string; expiresAt: string }>([
      'access-tokens',
      'create',
      'ci',
      ...options,
    ]);
    expect(await statusOf('owner', made.token)).toBe(200);
    expect(Date.parse(made.expiresAt) - Date.now()).toBeGreaterThan(47 * 3_600_000);
    const listed = await berth.run(['access-tokens', 'list', '--owner', 'owner']);
    expect(listed.stdout).toMatch(/^ID +OWNER +NAME/);
    expect(listed.stdout).toContain(' ci ');
    expect(listed.stdout).not.toContain(made.token);
    expect(await berth.json(['access-tokens', 'revoke', made.id])).toEqual({ revokedIds: [made.id] });
    expect(await statusOf('owner', made.token)).toBe(401);
    expect(await berth.run(['access-tokens', 'revoke', made.id])).toMatchObject({
      code: 3,
      stderr: `There is no access token ${made.id}.\n`,
    });
    expect(await lastEntry('access-token.create')).toMatchObject({ actor: 'berth cli' });
  });

  it('makes a robot, lists and revokes it', async () => {
    await world.organization('team');
    const made = await berth.json<{ username: string; secret: string }>([
      'robots',
      'create',
      'team',
      'ci',
      '--scope',
      'repository:read',
    ]);
    expect(await statusOf(made.username, made.secret)).toBe(200);
    const [listed] = await berth.json<{ id: string; username: string }[]>([
      'robots',
      'list',
      '--namespace',
      'team',
    ]);
    expect(listed?.username).toBe('robot+team+ci');
    await berth.json(['robots', 'revoke', listed!.id]);
    expect(await statusOf(made.username, made.secret)).toBe(401);
  });

  it('lists, shows, opens and deletes repositories, private ones too', async () => {
    const client = new RegistryClient({ url: app.url, credentials: app.admin });
    await client.push('library/shown', randomImage(), 'latest');
    const names = (await berth.json<{ name: string }[]>(['repositories', 'list'])).map(({ name }) => name);
    expect(names).toContain('shown');
    expect(await berth.json(['repositories', 'show', 'shown'])).toMatchObject({
      visibility: 'private',
      tagCount: 1,
    });
    await berth.json(['repositories', 'visibility', 'shown', 'public']);
    await supertest(app.url).get('/api/v1/repositories/shown').expect(200);
    expect(await berth.run(['repositories', 'delete', 'shown'])).toMatchObject({
      code: 2,
      stderr: 'This deletes "shown": add --yes.\n',
    });
    await berth.json(['repositories', 'delete', 'shown', '--yes']);
    await supertest(app.url).get('/api/v1/repositories/shown').expect(404);
    expect(await lastEntry('repository.delete')).toMatchObject({ actor: 'berth cli' });
  });

  it.each([
    { args: ['users', 'disable', 'nobody'], code: 3, says: 'There is no such user.' },
    { args: ['users', 'add', 'Upper'], code: 4, says: 'has to be lowercase' },
    { args: ['users', 'add', 'admin'], code: 4, says: 'The name "admin" is taken or reserved' },
    { args: ['users', 'add', 'x', '--email', 'none'], code: 4, says: 'email: must be an e-mail address.' },
    { args: ['repositories', 'show', 'no/such'], code: 3, says: 'There is no such repository' },
    { args: ['repositories', 'show', '/'], code: 4, says: 'is not a valid repository name' },
    { args: ['users', 'frob'], code: 2, says: "unknown command 'frob'" },
    { args: ['fsck', '--rate', 'fast'], code: 2, says: 'Write it as 500kB, 50MiB or 2GiB.' },
    { args: ['fsck', '--remove-unrecorded-after', '1h'], code: 4, says: 'once they are 24 hours old' },
  ])('ends with $code and a sentence: $args', async ({ args, code, says }) => {
    const result = await berth.run(args);
    expect(result).toMatchObject({ code, stdout: '' });
    expect(result.stderr).toContain(says);
    expect(result.stderr).not.toContain('    at ');
  });

  it('says that the database is away, or not migrated', async () => {
    const nowhere = new CommandLine({ BERTH_DATABASE_URL: 'postgres://berth:secret@127.0.0.1:1/berth' });
    const away = await nowhere.run(['users', 'list']);
    expect(away).toMatchObject({ code: 1, stdout: '' });
    expect(away.stderr).toMatch(/^The database cannot be reached .*\n$/);
    expect(away.stderr).not.toContain('secret');
    const name = new URL(app.databaseUrl).pathname.slice(1);
    await world.sql(`CREATE DATABASE ${name}_empty`);
    const url = `${app.databaseUrl}_empty`;
    const empty = new CommandLine({ BERTH_DATABASE_URL: url });
    const unready = await empty.run(['users', 'list']);
    expect(unready).toMatchObject({ code: 1, stderr: expect.stringContaining('run "berth migrate" first') });
    const { applied } = await empty.json<{ applied: string[] }>(['migrate']);
    expect(applied.length).toBeGreaterThan(0);
    expect(await empty.json(['users', 'list'])).toEqual([]);
    await world.sql(`DROP DATABASE ${name}_empty WITH (FORCE)`);
  });
});
