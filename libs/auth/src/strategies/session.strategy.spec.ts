import { describe, expect, it } from 'vitest';
import { drive } from './drive-strategy.test.js';
import { SessionStrategy } from './session.strategy.js';

const alice = { name: 'alice' };
const strategy = new SessionStrategy({ cookieName: 'berth_session' }, async (value) =>
  value === 'good=%20' ? alice : undefined,
);
const withCookie = (cookie: string) => drive(strategy, { headers: { cookie } });

describe('SessionStrategy', () => {
  it.each([
    'berth_session=good=%20',
    'theme=dark; berth_session=good=%20; x=y',
    'a=b;berth_session=good=%20 ',
  ])('finds the session in %j, its value taken as it is', async (cookie) => {
    expect(await withCookie(cookie)).toEqual({ user: alice });
  });

  it('refuses a session that is not there (any more)', async () => {
    expect(await withCookie('berth_session=other')).toEqual({
      failure: { kind: 'refused', message: 'the session has ended; sign in again' },
    });
  });

  it.each([
    '',
    'theme=dark',
    'berth_session',
    'xberth_session=good',
    'Berth_Session=good',
    'x=berth_session=good',
  ])('finds none in %j', async (cookie) => {
    expect(await withCookie(cookie)).toMatchObject({ failure: { kind: 'missing' } });
  });

  it.each([
    'berth_session=',
    'berth_session="good"',
    'berth_session=a b',
    'berth_session=a,b',
    'berth_session=\u00e9',
  ])('does not read %j', async (cookie) => {
    expect(await withCookie(cookie)).toMatchObject({ failure: { kind: 'malformed' } });
  });

  it('does not choose between two cookies of its name', async () => {
    expect(await withCookie('berth_session=good=%20; berth_session=planted')).toMatchObject({
      failure: { kind: 'malformed', message: 'more than one session cookie' },
    });
  });

  it('finds none without a header, and hands on an error', async () => {
    expect(await drive(strategy, {})).toMatchObject({ failure: { kind: 'missing' } });
    const broken = new Error('the database is gone');
    const failing = new SessionStrategy({ cookieName: 's' }, () => Promise.reject(broken));
    expect(await drive(failing, { headers: { cookie: 's=1' } })).toEqual({ error: broken });
  });
});
