import { describe, expect, it } from 'vitest';
import { limitKeys, networkOf } from './sign-in-limits.js';

describe('networkOf', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0DB8:0001:0002::1', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['', ''],
  ])('takes %s for %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});

describe('limitKeys', () => {
  const keysOf = (username: string, address: string) =>
    limitKeys(username, address).map(({ key }) => key.toString('hex'));

  it('counts an account, an address, and both together apart', () => {
    const [pair, account, address] = keysOf('alice', '192.0.2.7');
    expect(new Set([pair, account, address]).size).toBe(3);
    expect(keysOf('alice', '192.0.2.8')).toEqual([
      expect.not.stringMatching(pair ?? ''),
      account,
      expect.not.stringMatching(address ?? ''),
    ]);
    expect(keysOf('bob', '192.0.2.7')[2]).toBe(address);
  });

  it('does not take one pair for another that reads alike', () => {
    expect(keysOf('a', 'b,c')[0]).not.toBe(keysOf('a,b', 'c')[0]);
  });
});
