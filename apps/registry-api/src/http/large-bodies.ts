import { Injectable } from '@nestjs/common';
import { limits } from '../limits.js';

/**
 * Lets only a few large bodies be held whole at a time, so that many at once cannot fill the memory. The others wait
 * unread, in the order they came.
 */
@Injectable()
export class LargeBodies {
  private free: number = limits.largeBodiesAtOnce;
  private readonly waiting: (() => void)[] = [];

  /** Runs `work`, which calls `enter` before it holds a large body, and keeps the place until it is done. */
  async during<T>(work: (enter: () => Promise<void>) => Promise<T>): Promise<T> {
    let places = 0;
    try {
      return await work(async () => {
        await this.takePlace();
        places += 1;
      });
    } finally {
      for (; places > 0; places -= 1) this.givePlace();
    }
  }

  private async takePlace(): Promise<void> {
    if (this.free === 0) return new Promise((resolve) => this.waiting.push(resolve));
    this.free -= 1;
  }

  private givePlace(): void {
    const next = this.waiting.shift();
    if (next) next();
    else this.free += 1;
  }
}
