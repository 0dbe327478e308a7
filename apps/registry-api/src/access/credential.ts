import type { RegistryTokenClaims } from '@berth/auth';
import type { AccessFacts } from './access-facts.js';

/** By what a request says who it comes from. The database decides at each request whether it still counts. */
export type Credential =
  | { readonly kind: 'anonymous' }
  /** A password that was verified just now, or a token made after one; ends when the version moves. */
  | { readonly kind: 'user'; readonly id: string; readonly version: number }
  /** A secret sent as a password or alone; with a user name, which then must be its owner's. */
  | { readonly kind: 'access_token' | 'robot'; readonly secretHash: Buffer; readonly username?: string }
  /** By a token that was got with such a secret; the version is that of the secret. */
  | { readonly kind: 'access_token' | 'robot'; readonly id: string; readonly version: number }
  | { readonly kind: 'session'; readonly secretHash: Buffer }
  /** Whoever has the machine and its database, at the command line. No request is ever read as one. */
  | { readonly kind: 'operator' };

/** The request's side of an access decision. */
export interface Requester {
  readonly credential: Credential;
  /** How it was presented: the answers of `/v2` differ by it. */
  readonly presented: 'none' | 'basic' | 'bearer' | 'session';
  /** What a registry token grants at most; undefined where no token limits the request. */
  readonly claims?: RegistryTokenClaims;
  /** The client's address, for the audit log and limits; empty at the command line. */
  readonly address: string;
  /** Who that is now; set on routes that need `user`, `account` or `admin`, where the guard has looked it up. */
  readonly facts?: AccessFacts;
}

/** One text for a credential, to remember it by; that of a secret and that of its id differ. */
export function credentialKey(credential: Credential): string {
  if ('secretHash' in credential) return `${credential.kind}:${credential.secretHash.toString('base64')}`;
  return 'id' in credential ? `${credential.kind}:${credential.id}` : credential.kind;
}

export const anonymousCredential: Credential = { kind: 'anonymous' };

export const operatorCredential: Credential = { kind: 'operator' };
