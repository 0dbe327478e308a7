import { Option } from 'commander';
import { type Difference, differenceKinds } from '../../../registry-api/src/fsck/difference.js';
import { FsckModule } from '../../../registry-api/src/fsck/fsck.module.js';
import { FsckService } from '../../../registry-api/src/fsck/fsck.service.js';
import type { FsckReport } from '../../../registry-api/src/fsck/fsck-pass.js';
import type { Cli } from '../berth.js';
import { exitCodes } from '../failure.js';
import { Progress } from '../progress.js';
import { stopSignal } from '../stop-signal.js';
import { parseBytes, parseDuration, shownBytes } from '../values.js';
import type { AddCommand } from './index.js';

interface FsckCommandOptions {
  readonly deep?: boolean;
  readonly rate?: number;
  readonly resume?: boolean;
  readonly minAge?: number;
  readonly repair?: 'damaged';
  readonly removeUnrecordedAfter?: number;
}

export const addFsck: AddCommand = (program, cli) => {
  program
    .command('fsck')
    .description('compares the store with the database, both ways; changes nothing that is not asked for')
    .option('--deep', 'compute every hash, instead of comparing existence and size')
    .option('--rate <bytes>', 'most that --deep reads a second, such as 50MiB', parseBytes)
    .option('--resume', 'go on where the last check was broken off')
    .option(
      '--min-age <duration>',
      'leave younger objects alone: a push may be under way (5m)',
      parseDuration,
    )
    .addOption(
      new Option(
        '--repair <what>',
        'damaged: mark blobs with wrong or missing bytes, so that the next push heals them',
      ).choices(['damaged']),
    )
    .option(
      '--remove-unrecorded-after <duration>',
      'remove objects that no record names and that are older than this, 24h at least',
      parseDuration,
    )
    .action((options: FsckCommandOptions) => runFsck(cli(), options));
};

function runFsck(cli: Cli, options: FsckCommandOptions): Promise<void> {
  return cli.inBerth([FsckModule], async (berth) => {
    const { output } = cli;
    const progress = new Progress(options.deep ? 'hashes' : 'blobs');
    using stop = stopSignal();
    try {
      const report = await berth.get(FsckService).check(berth.operator, {
        isDeep: options.deep,
        bytesPerSecond: options.rate,
        isResumed: options.resume,
        unrecordedAfterSeconds: options.minAge,
        isMarking: options.repair === 'damaged',
        removeUnrecordedAfterSeconds: options.removeUnrecordedAfter,
        signal: stop.signal,
        onDifference: (difference) => output.event({ difference }, () => describe(difference)),
        onProgress: ({ checkedCount, totalCount, checkedBytes }) =>
          progress.update(checkedCount, totalCount, checkedBytes),
      });
      progress.stop();
      output.event({ report }, () => summary(report));
      cli.fail(exitCodeOf(report));
    } finally {
      progress.stop();
    }
  });
}

function exitCodeOf({ isComplete, differences }: FsckReport): number {
  if (!isComplete) return exitCodes.interrupted;
  return Object.values(differences).some((count) => count > 0) ? exitCodes.differences : exitCodes.done;
}

function describe(difference: Difference): string {
  switch (difference.kind) {
    case 'missing':
      return `missing     ${difference.digest}: the store has nothing under ${difference.storageKey}${marked(difference)}`;
    case 'size':
      return `size        ${difference.digest}: ${difference.found} bytes instead of ${difference.sizeBytes} under ${difference.storageKey}${marked(difference)}`;
    case 'content':
      return `content     ${difference.digest}: ${difference.found} under ${difference.storageKey}${marked(difference)}`;
    case 'unrecorded':
      return `unrecorded  ${difference.storageKey}: ${shownBytes(difference.sizeBytes)} of ${difference.modifiedAt.toISOString()}`;
    case 'manifest':
      return `manifest    ${difference.digest} in ${difference.repository}: its bytes have ${difference.found}`;
  }
}

function marked({ isMarked }: { readonly isMarked: boolean }): string {
  return isMarked ? ' (marked: the next push heals it)' : '';
}

function summary(report: FsckReport): string {
  const found = differenceKinds.filter((kind) => report.differences[kind] > 0);
  const differences = found.map((kind) => `${report.differences[kind]} ${kind}`).join(', ');
  return [
    `${report.checkedCount} blobs, ${shownBytes(report.checkedBytes)}, ${report.isDeep ? 'every hash computed' : 'existence and size compared'}: ${differences || 'no differences'}.`,
    ...(report.marked > 0 ? [`${report.marked} marked damaged: the next push of each heals it.`] : []),
    ...(report.removed > 0 ? [`${report.removed} unrecorded objects removed.`] : []),
    ...(report.isComplete ? [] : ['Broken off: --resume goes on from here.']),
  ].join('\n');
}
