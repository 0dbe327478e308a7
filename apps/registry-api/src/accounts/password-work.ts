import { hashPassword, verifyPassword } from '@berth/auth';
import { Injectable } from '@nestjs/common';
import { SignInBusy } from '../errors/domain-errors.js';

/** argon2 runs on libuv's four threads, which files and DNS need as well. */
const MOST_AT_ONCE = 2;
/** About three seconds of work. */
const MOST_WAITING = 100;

/** Hashes and verifies passwords, two at a time in this process, however many sign in at once. */
@Injectable()
export class PasswordWork {
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  hash(password: string): Promise<string> {
    return this.inTurn(() => hashPassword(password));
  }

  /**
   * Runs `work` when it is its turn, and tells it whether it had to wait. The turn ends with the work.
   * Throws `SignInBusy` when too many are waiting already.
   */
  async verifyInTurn<T>(work: (verify: typeof verifyPassword, hasWaited: boolean) => Promise<T>): Promise<T> {
    const hasToWait = this.running >= MOST_AT_ONCE;
    return this.inTurn(() => work(verifyPassword, hasToWait));
  }

  private async inTurn<T>(work: () => Promise<T>): Promise<T> {
    await this.turn();
    try {
      return await work();
    } finally {
      this.handOn();
    }
  }

  private turn(): Promise<void> {
    if (this.running < MOST_AT_ONCE) {
      this.running += 1;
      return Promise.resolve();
    }
    if (this.waiting.length >= MOST_WAITING) return Promise.reject(new SignInBusy());
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  /** To the one that has waited longest, so that nobody new comes in between. */
  private handOn(): void {
    const next = this.waiting.shift();
    if (next) next();
    else this.running -= 1;
  }
}
