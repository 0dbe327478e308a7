import {
  generateSigningKey,
  type IssuedToken,
  type RegistryTokenClaims,
  type SigningKey,
  TokenIssuer,
  type VerifiedTokenClaims,
} from '@berth/auth';
import { Inject, Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Database } from '../database/database.js';
import { ENV, type Env } from '../env.js';
import { LOGGER, type Logger } from '../http/logger.js';

interface KeyRow {
  readonly kid: string;
  readonly private_jwk: SigningKey['privateJwk'];
  readonly public_jwk: SigningKey['publicJwk'];
  readonly created_at: Date;
  readonly retired_at: Date | null;
}

/** How long an unknown `kid` is taken as such before the database is asked again. */
const RELOAD_AFTER_MS = 1000;
/** A process signs with a retired key until it looks again: shorter than `KEPT` less a token's life. */
const LOOK_EVERY_MS = 10 * 60 * 1000;
const KEPT = "interval '1 hour'";
const ROTATE_AFTER_SECONDS = 30 * 24 * 60 * 60;
const ROTATION_LOCK = 0x626572746b;

const rotateSql = `
  WITH made AS (
    INSERT INTO signing_keys (kid, private_jwk, public_jwk)
    SELECT $1, $2, $3 WHERE NOT EXISTS (
      SELECT FROM signing_keys WHERE retired_at IS NULL AND created_at > now() - make_interval(secs => $4))
    RETURNING kid
  )
  UPDATE signing_keys SET retired_at = now() FROM made WHERE signing_keys.retired_at IS NULL`;

/** The keys of registry tokens: in Postgres, so that every replica signs and verifies alike. */
@Injectable()
export class SigningKeys implements OnModuleInit, OnModuleDestroy {
  private readonly issuer: TokenIssuer;
  private rows: readonly KeyRow[] = [];
  private loadedAt = 0;
  private timer?: NodeJS.Timeout;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(LOGGER) private readonly logger: Logger,
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
    if (this.isRotationDue()) await this.rotate(ROTATE_AFTER_SECONDS);
    this.timer = setInterval(() => void this.keepFresh(), LOOK_EVERY_MS);
    this.timer.unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
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

  /**
   * Makes a new key unless there is one younger than `maxAgeSeconds`; it signs from then on. Older ones go on verifying
   * what they signed. Processes that come here at once make one key.
   */
  async rotate(maxAgeSeconds: number): Promise<void> {
    const key = await generateSigningKey();
    await this.database.transaction(async (client) => {
      await client.query('SELECT pg_advisory_xact_lock($1)', [ROTATION_LOCK]);
      await client.query(rotateSql, [
        key.kid,
        JSON.stringify(key.privateJwk),
        JSON.stringify(key.publicJwk),
        maxAgeSeconds,
      ]);
    });
    await this.load();
  }

  private async keepFresh(): Promise<void> {
    try {
      await this.load();
      if (this.isRotationDue()) await this.rotate(ROTATE_AFTER_SECONDS);
    } catch (error) {
      this.logger.warn(
        { err: error },
        'the signing keys could not be looked after; tried again in some minutes',
      );
    }
  }

  private isRotationDue(): boolean {
    const current = this.rows.find((row) => row.retired_at === null);
    return !current || Date.now() - current.created_at.getTime() > ROTATE_AFTER_SECONDS * 1000;
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
      `SELECT kid, private_jwk, public_jwk, created_at, retired_at FROM signing_keys
       WHERE retired_at IS NULL OR retired_at > now() - ${KEPT} ORDER BY created_at DESC, kid`,
    );
  }
}
