import type { AuthenticationFailure, RegistryTokenClaims, TokenCredential } from '@berth/auth';
import {
  BasicStrategy,
  BearerStrategy,
  CredentialsRefused,
  hashSecret,
  InvalidToken,
  parseSecret,
  SessionStrategy,
} from '@berth/auth';
import { Inject, Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import passport from 'passport';
import { PasswordVerifier } from '../accounts/password-verifier.js';
import { ENV, type Env } from '../env.js';
import { clientAddress } from '../http/client-address.js';
import { SigningKeys } from '../token/signing-keys.service.js';
import { anonymousCredential, type Credential, type Requester } from './credential.js';
import { RefusedSignIns } from './refused-sign-ins.js';
import { sessionCookieName } from './session-cookie.js';

declare global {
  namespace Express {
    interface User extends Requester {}
  }
}

/** The parts of Berth's address space; each takes other kinds of credentials. */
export type Area = 'registry' | 'token' | 'api';

export type Authentication =
  | { readonly ok: true; readonly requester: Requester }
  | {
      readonly ok: false;
      readonly failure: AuthenticationFailure;
      readonly presented: 'basic' | 'bearer' | 'session';
    };

const strategiesOf: Readonly<Record<Area, readonly string[]>> = {
  registry: ['basic', 'registry-bearer'],
  token: ['basic'],
  api: ['basic', 'secret-bearer', 'session'],
};

/** Basic has nothing to say of a header of another scheme, and each strategy that is asked costs. */
const withoutBasic: typeof strategiesOf = {
  registry: ['registry-bearer'],
  token: [],
  api: ['secret-bearer', 'session'],
};

/** Reads who a request says it comes from, by the Passport strategies of libs/auth. Decides nothing. */
@Injectable()
export class Authenticator {
  private readonly passport = new passport.Passport();

  constructor(
    @Inject(PasswordVerifier) private readonly passwords: PasswordVerifier,
    @Inject(RefusedSignIns) private readonly refusedSignIns: RefusedSignIns,
    @Inject(SigningKeys) private readonly signingKeys: SigningKeys,
    @Inject(ENV) private readonly env: Env,
  ) {
    this.passport.use(
      'basic',
      new BasicStrategy((username, password, request) => this.signIn(username, password, request)),
    );
    this.passport.use(
      'registry-bearer',
      new BearerStrategy((token, request) => this.registryToken(token, request)),
    );
    this.passport.use('secret-bearer', new BearerStrategy((secret, request) => this.secret(secret, request)));
    this.passport.use(
      'session',
      new SessionStrategy({ cookieName: sessionCookieName(env) }, async (value, request) =>
        this.requester({ kind: 'session', secretHash: hashSecret(value) }, 'session', request),
      ),
    );
  }

  async authenticate(request: Request, response: Response, area: Area): Promise<Authentication> {
    const presented = presentedBy(request, area, sessionCookieName(this.env));
    if (presented === 'none')
      return { ok: true, requester: this.requester(anonymousCredential, 'none', request) };
    return new Promise((resolve, reject) => {
      const done = (error: unknown, user: Requester | false | undefined, failures: unknown) => {
        if (error) return reject(error);
        if (user) return resolve({ ok: true, requester: user });
        resolve({ ok: false, failure: mostTelling(failures), presented });
      };
      const strategies = presented === 'bearer' ? withoutBasic[area] : strategiesOf[area];
      this.passport.authenticate([...strategies], { session: false }, done)(request, response, reject);
    });
  }

  /** By a user name and a password, access token or robot secret. Undefined: no such user, or a wrong password. */
  async signIn(username: string, password: string, request: Request): Promise<Requester | undefined> {
    const secret = parseSecret(password);
    if (secret && (secret.kind === 'refresh' || !secret.isChecksumValid)) {
      return this.refuseMistyped(username, request);
    }
    if (secret) return this.requester(secretCredential(secret.kind, password, username), 'basic', request);
    const user = await this.passwords.verify(username, password, clientAddress(request, this.env));
    return (
      user &&
      this.requester({ kind: 'user', id: user.id, version: user.credentialsVersion }, 'basic', request)
    );
  }

  private requester(credential: Credential, presented: Requester['presented'], request: Request): Requester {
    return { credential, presented, address: clientAddress(request, this.env) };
  }

  private async secret(secret: string, request: Request): Promise<Requester | undefined> {
    const parsed = parseSecret(secret);
    if (!parsed || parsed.kind === 'refresh') return undefined;
    if (!parsed.isChecksumValid) {
      return this.refuseMistyped(undefined, request);
    }
    return this.requester(secretCredential(parsed.kind, secret), 'bearer', request);
  }

  private async refuseMistyped(username: string | undefined, request: Request): Promise<never> {
    await this.refusedSignIns.noteMistyped(username, clientAddress(request, this.env));
    throw new CredentialsRefused('checksum', 'this access token is mistyped: copy it again, whole');
  }

  private async registryToken(token: string, request: Request): Promise<Requester> {
    const claims = await this.signingKeys.verify(token);
    return {
      ...this.requester(credentialOf(claims.berth.credential), 'bearer', request),
      claims: claims as RegistryTokenClaims,
    };
  }
}

function secretCredential(kind: string, secret: string, username?: string): Credential {
  return { kind: kind === 'robot' ? 'robot' : 'access_token', secretHash: hashSecret(secret), username };
}

function credentialOf({ kind, id, version }: TokenCredential): Credential {
  if (kind === 'anonymous') return anonymousCredential;
  if (id === undefined) throw new InvalidToken('malformed');
  const credential = { id, version: version ?? 0 };
  return kind === 'user' ? { kind, ...credential } : { kind, ...credential };
}

function presentedBy(request: Request, area: Area, cookieName: string): Requester['presented'] {
  const header = request.headers.authorization;
  if (header !== undefined && header.trim() !== '')
    return /^basic(\s|$)/i.test(header.trim()) ? 'basic' : 'bearer';
  const hasCookie = request.headers.cookie?.includes(`${cookieName}=`) ?? false;
  return area === 'api' && hasCookie ? 'session' : 'none';
}

/** Passport reports one failure a strategy; those that saw no credential of their kind say nothing. */
function mostTelling(failures: unknown): AuthenticationFailure {
  const all = (Array.isArray(failures) ? failures : [failures]) as AuthenticationFailure[];
  const telling = all.find((failure) => failure?.kind !== 'missing');
  return telling ?? { kind: 'missing', message: 'this way of signing in does not count here' };
}
