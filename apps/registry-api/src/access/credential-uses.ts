import { type BeforeApplicationShutdown, Inject, Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { LRUCache } from 'lru-cache';
import { DelayedWrite } from '../database/delayed-write.js';
import { LOGGER, type Logger } from '../http/logger.js';
import { type Credential, credentialKey, type Requester } from './credential.js';
import { type CredentialUse, CredentialUseStore, SIGN_IN_SECONDS } from './credential-use.store.js';

const FLUSH_AFTER_MS = 10_000;
/** More credentials and addresses than one process sees in that time; what is beyond is noted at its next use. */
const MAX_HELD = 10_000;

/**
 * When and from where access tokens and robots were last used, and the sign-ins of the audit log that these are: one an
 * hour for each credential and address. Uses are held in memory and written together every 10 seconds and at shutdown:
 * no request waits for it. A process that is killed forgets its last ones.
 */
@Injectable()
export class CredentialUses implements BeforeApplicationShutdown {
  private held = new Map<string, CredentialUse>();
  private readonly signedIn = new LRUCache<string, true>({ max: MAX_HELD, ttl: SIGN_IN_SECONDS * 1000 });
  private readonly writing = new DelayedWrite(FLUSH_AFTER_MS, () => this.write());

  constructor(
    @Inject(CredentialUseStore) private readonly store: CredentialUseStore,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Notes the use once the request is answered, since only then it is known whether the credential counts. */
  watch({ credential, address }: Requester, response: Response): void {
    if (credential.kind !== 'access_token' && credential.kind !== 'robot') return;
    response.once('close', () => {
      if (response.headersSent && response.statusCode !== 401) this.note(credential, address);
    });
  }

  /** Notes that the credential was presented and not refused; does nothing for other kinds. */
  note(credential: Credential, address: string): void {
    if (credential.kind !== 'access_token' && credential.kind !== 'robot') return;
    const key = `${credentialKey(credential)} ${address}`;
    const isSignIn = !this.signedIn.has(key);
    if (this.held.size >= MAX_HELD && !this.held.has(key)) return;
    this.held.delete(key); // the latest comes last
    this.held.set(key, { ...credential, at: new Date(), address, isSignIn });
    this.writing.schedule();
  }

  /** Writes what is held. What cannot be written now is kept for the next time. */
  async flush(): Promise<void> {
    await this.writing.now();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.writing.shutDown();
  }

  private async write(): Promise<void> {
    const uses = this.held;
    if (uses.size === 0) return;
    this.held = new Map();
    try {
      await this.store.record([...uses.values()]);
      for (const [key, { isSignIn }] of uses) if (isSignIn) this.signedIn.set(key, true);
    } catch (error) {
      this.logger.warn({ err: error }, 'when credentials were last used could not be written');
      this.held = new Map([...uses, ...this.held]);
      this.writing.retry();
    }
  }
}
