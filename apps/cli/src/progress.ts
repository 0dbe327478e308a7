import { Presets, SingleBar } from 'cli-progress';
import { shownBytes } from './values.js';

/** A bar on a terminal's standard error, and nothing anywhere else. */
export class Progress {
  private readonly bar?: SingleBar;

  constructor(what: string, isWanted = process.stderr.isTTY === true) {
    if (!isWanted) return;
    const format = `${what} {bar} {percentage}%  {value}/{total}  {bytes}  {eta_formatted} left`;
    this.bar = new SingleBar(
      { format, stream: process.stderr, hideCursor: true, clearOnComplete: true, fps: 5 },
      Presets.shades_classic,
    );
  }

  update(done: number, total: number, bytes: number): void {
    if (!this.bar) return;
    if (!this.bar.isActive) this.bar.start(total, done, { bytes: shownBytes(bytes) });
    this.bar.setTotal(Math.max(total, done));
    this.bar.update(done, { bytes: shownBytes(bytes) });
  }

  stop(): void {
    this.bar?.stop();
  }
}
