import { createHash } from 'node:crypto';
import { isIPv4, isIPv6 } from 'node:net';

/** What failed sign-ins are counted by, and how many there may be in one window. */
export const signInLimits = {
  windowSeconds: 15 * 60,
  /** Of one account from one address: somebody who has forgotten the password. */
  pair: 10,
  /** Of one account from anywhere: many addresses guess one password. */
  account: 50,
  /** From one address: one guesses the passwords of many. */
  address: 100,
  /** Accounts made from one address, where anybody may make one. */
  signUp: 20,
} as const;

export type LimitKind = Exclude<keyof typeof signInLimits, 'windowSeconds'>;

export interface LimitKey {
  readonly kind: LimitKind;
  readonly key: Buffer;
  readonly most: number;
}

/** The counters of one attempt. Whether there is such a user makes no difference. */
export function limitKeys(username: string, address: string): LimitKey[] {
  const network = networkOf(address);
  return [
    limitKey('pair', [username, network]),
    limitKey('account', [username]),
    limitKey('address', [network]),
  ];
}

export function signUpLimit(address: string): LimitKey {
  return limitKey('signUp', [networkOf(address)]);
}

/** Whoever has one IPv6 address usually has the 2^64 of its network. */
export function networkOf(address: string): string {
  const mapped = /^::ffff:([0-9.]+)$/i.exec(address)?.[1];
  if (mapped !== undefined && isIPv4(mapped)) return mapped;
  if (!isIPv6(address)) return address;
  const [head = '', tail] = (address.split('%')[0] ?? '').toLowerCase().split('::');
  const [left, right] = [groups(head), groups(tail ?? '')];
  const zeros =
    tail === undefined ? [] : Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0');
  const all = [...left, ...zeros, ...right].map((group) => group.replace(/^0+(?=.)/, ''));
  return `${all.slice(0, 4).join(':')}::/64`;
}

function groups(text: string): string[] {
  return text === '' ? [] : text.split(':');
}

function limitKey(kind: LimitKind, parts: readonly string[]): LimitKey {
  const key = createHash('sha256')
    .update(JSON.stringify([kind, ...parts]))
    .digest();
  return { kind, key, most: signInLimits[kind] };
}
