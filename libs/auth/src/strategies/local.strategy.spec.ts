import { describe, expect, it } from 'vitest';
import { drive } from './drive-strategy.test.js';
import { LocalStrategy } from './local.strategy.js';

const alice = { name: 'alice' };
const strategy = new LocalStrategy(async (username, password) =>
  username === 'alice' && password === 'correct horse' ? alice : undefined,
);

describe('LocalStrategy', () => {
  it('hands over who was verified', async () => {
    const body = { username: 'alice', password: 'correct horse', next: '/' };
    expect(await drive(strategy, { body })).toEqual({ user: alice });
  });

  it('says the same of an unknown user and of a wrong password', async () => {
    const refused = { failure: { kind: 'refused', message: 'wrong user name or password' } };
    expect(await drive(strategy, { body: { username: 'alice', password: 'x' } })).toEqual(refused);
    expect(await drive(strategy, { body: { username: 'nobody', password: 'x' } })).toEqual(refused);
  });

  it.each([undefined, null, 'username=alice', 7, {}, [], { user: 'alice' }])(
    'finds nothing in %j',
    async (body) => {
      expect(await drive(strategy, { body })).toMatchObject({ failure: { kind: 'missing' } });
    },
  );

  it.each([
    { username: 'alice' },
    { password: 'x' },
    { username: '', password: 'x' },
    { username: 'alice', password: '' },
    { username: ['alice'], password: 'correct horse' },
    { username: 'alice', password: { $ne: '' } },
    { username: 'alice', password: null },
  ])('finds %j malformed', async (body) => {
    expect(await drive(strategy, { body })).toMatchObject({ failure: { kind: 'malformed' } });
  });

  it('hands on an error', async () => {
    const broken = new Error('the database is gone');
    const failing = new LocalStrategy(() => Promise.reject(broken));
    expect(await drive(failing, { body: { username: 'a', password: 'b' } })).toEqual({ error: broken });
  });
});
