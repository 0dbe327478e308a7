import {
  generateSigningKey,
  type IssuedToken,
  type RegistryTokenClaims,
  type SigningKey,
  TokenIssuer,
  type VerifiedTokenClaims,
} from '@berth/auth';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '../database/database.js';
import { ENV, type Env } from '../env.js';

interface KeyRow {
  readonly kid: string;
  readonly private_jwk: SigningKey['privateJwk'];
  readonly public_jwk: SigningKey['publicJwk'];
  readonly retired_at: Date | null;
}

/** How long an unknown `kid` is taken as such before the database is asked again. */
const RELOAD_AFTER_MS = 1000;
const FIRST_KEY_LOCK = 0x626572746b;

/** The keys of registry tokens: in Postgres, so that every replica signs and verifies alike. */
@Injectable()
export class SigningKeys implements OnModuleInit {
  private readonly issuer: TokenIssuer;
  private rows: readonly KeyRow[] = [];
  private loadedAt = 0;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ENV) env: Env,
  ) {
    const keys = {
      current: () => this.current(),
      publicKey: (kid: string) => this.publicKey(kid),
    };
    this.issuer = new TokenIssuer({ issuer: env.publicUrl.origin, audience: env.publicUrl.host, keys });
  }

  async onModuleInit(): Promise<void> {
    await this.load();
    if (this.rows.every((row) => row.retired_at !== null)) await this.makeFirst();
  }

  issue(claims: RegistryTokenClaims): Promise<IssuedToken> {
    return this.issuer.issue(claims);
  }

  /** Throws `InvalidToken`. */
  verify(token: string): Promise<VerifiedTokenClaims> {
    return this.issuer.verify(token);
  }

  /** The public keys of `/token/keys` (RFC 7517). */
  publicKeys(): SigningKey['publicJwk'][] {
    return this.rows.map((row) => row.public_jwk);
  }

  /** A new key signs from now on; older ones verify the tokens they signed until those have run out. */
  async rotate(): Promise<void> {
    const key = await generateSigningKey();
    await this.database.query(
      `WITH retired AS (UPDATE signing_keys SET retired_at = now() WHERE retired_at IS NULL)
       INSERT INTO signing_keys (kid, private_jwk, public_jwk) VALUES ($1, $2, $3)`,
      [key.kid, JSON.stringify(key.privateJwk), JSON.stringify(key.publicJwk)],
    );
    await this.load();
  }

  /** Processes that start at once on a fresh database share one first key. */
  private async makeFirst(): Promise<void> {
    const key = await generateSigningKey();
    await this.database.transaction(async (client) => {
      await client.query('SELECT pg_advisory_xact_lock($1)', [FIRST_KEY_LOCK]);
      await client.query(
        `INSERT INTO signing_keys (kid, private_jwk, public_jwk)
         SELECT $1, $2, $3 WHERE NOT EXISTS (SELECT FROM signing_keys WHERE retired_at IS NULL)`,
        [key.kid, JSON.stringify(key.privateJwk), JSON.stringify(key.publicJwk)],
      );
    });
    await this.load();
  }

  private current(): SigningKey {
    const row = this.rows.find((candidate) => candidate.retired_at === null);
    if (!row) throw new Error('no signing key is loaded');
    return { kid: row.kid, privateJwk: row.private_jwk, publicJwk: row.public_jwk };
  }

  private async publicKey(kid: string): Promise<SigningKey['publicJwk'] | undefined> {
    const known = this.rows.find((row) => row.kid === kid);
    if (!known && Date.now() - this.loadedAt > RELOAD_AFTER_MS) await this.load();
    return this.rows.find((row) => row.kid === kid)?.public_jwk;
  }

  private async load(): Promise<void> {
    this.loadedAt = Date.now();
    this.rows = await this.database.query<KeyRow>(
      `SELECT kid, private_jwk, public_jwk, retired_at FROM signing_keys
       WHERE retired_at IS NULL OR retired_at > now() - interval '1 hour' ORDER BY created_at DESC, kid`,
    );
  }
}
