import { CredentialsRefused } from './credentials-refused.js';

export type InvalidTokenReason =
  | 'malformed'
  | 'algorithm'
  | 'unknown_key'
  | 'signature'
  | 'issuer'
  | 'audience'
  | 'expired'
  | 'not_yet_valid';

const MESSAGES: Readonly<Record<InvalidTokenReason, string>> = {
  malformed: 'the token cannot be read',
  algorithm: 'the token is not signed with ES256',
  unknown_key: 'the token is signed with a key that this registry does not have',
  signature: "the token's signature is wrong",
  issuer: 'the token is from another issuer',
  audience: 'the token is for another service',
  expired: 'the token has expired',
  not_yet_valid: 'the token is not valid yet',
};

export class InvalidToken extends CredentialsRefused {
  constructor(
    override readonly reason: InvalidTokenReason,
    options?: ErrorOptions,
  ) {
    super(reason, MESSAGES[reason], options);
  }
}
