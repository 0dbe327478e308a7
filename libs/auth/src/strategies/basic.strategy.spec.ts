import { describe, expect, it } from 'vitest';
import { CredentialsRefused } from '../credentials-refused.js';
import { BasicStrategy } from './basic.strategy.js';
import { drive } from './drive-strategy.test.js';

const alice = { name: 'alice' };
const strategy = new BasicStrategy(async (username, password) =>
  username === 'alice' && password === 'päss:word' ? alice : undefined,
);
const authorization = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString('base64')}` });

describe('BasicStrategy', () => {
  it('hands over who was verified', async () => {
    expect(await drive(strategy, { headers: authorization('alice:päss:word') })).toEqual({ user: alice });
  });

  it('says the same of an unknown user and of a wrong password', async () => {
    const refused = { failure: { kind: 'refused', message: 'wrong user name or password' } };
    expect(await drive(strategy, { headers: authorization('alice:wrong') })).toEqual(refused);
    expect(await drive(strategy, { headers: authorization('nobody:wrong') })).toEqual(refused);
  });

  it('hands on a reason that may be told', async () => {
    const expired = new BasicStrategy(async () => {
      throw new CredentialsRefused('expired', 'the access token has expired');
    });
    expect(await drive(expired, { headers: authorization('alice:berth_pat_x') })).toEqual({
      failure: { kind: 'refused', message: 'the access token has expired', reason: 'expired' },
    });
  });

  it('hands on an error', async () => {
    const broken = new Error('the database is gone');
    const failing = new BasicStrategy(() => Promise.reject(broken));
    expect(await drive(failing, { headers: authorization('alice:x') })).toEqual({ error: broken });
  });

  it.each([
    {},
    { authorization: 'Bearer abc' },
    { authorization: 'Bearer a b' },
    { authorization: 'Other x' },
  ])('leaves %j to others', async (headers) => {
    expect(await drive(strategy, { headers })).toMatchObject({ failure: { kind: 'missing' } });
  });

  it.each(['Basic', 'Basic ***', 'Basic YWxpY2U='])('refuses to read %j', async (header) => {
    expect(await drive(strategy, { headers: { authorization: header } })).toMatchObject({
      failure: { kind: 'malformed' },
    });
  });
});
