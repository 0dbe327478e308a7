import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { BlobStore } from '@berth/storage';
import { backUp } from '../../../registry-api/src/backup/backup.js';
import type { OnProgress } from '../../../registry-api/src/backup/progress.js';
import { restore } from '../../../registry-api/src/backup/restore.js';
import { createBlobStore } from '../../../registry-api/src/blobs/blob-store.provider.js';
import { migrate } from '../../../registry-api/src/migrate.js';
import { type Cli, readConfiguration } from '../berth.js';
import { CommandFailure, exitCodes } from '../failure.js';
import { Progress } from '../progress.js';
import { stopSignal } from '../stop-signal.js';
import { shownBytes } from '../values.js';
import type { AddCommand } from './index.js';

export const addBackup: AddCommand = (program, cli) => {
  program
    .command('backup')
    .argument('<file>', 'the archive to make')
    .description(
      'copies everything into one file, while Berth runs; run again, it goes on where it broke off',
    )
    .action((file: string) => runBackup(cli(), file));
  program
    .command('restore')
    .argument('<file>', 'the archive to read')
    .description('fills an empty Berth from a backup; run again, it goes on where it broke off')
    .action((file: string) => runRestore(cli(), file));
};

async function runBackup(cli: Cli, name: string): Promise<void> {
  const file = resolve(cli.workingDirectory, name);
  const databaseUrl = await cli.databaseUrl();
  const stopped = `Stopped. The same command goes on with ${file}.partial.`;
  const report = await withStore(stopped, (store, onProgress) =>
    backUp({ databaseUrl, store, file, onProgress }),
  );
  const { blobs, blobBytes, rows, damaged } = report;
  cli.output.result(report, () => `${file}: ${blobs} blobs, ${shownBytes(blobBytes)}; ${rows} rows.`);
  if (damaged.length === 0) return;
  const lost = `The archive is whole but for ${damaged.length} blobs that the store has lost or changed:`;
  throw new CommandFailure([lost, ...damaged.map((digest) => `  ${digest}`)].join('\n'));
}

async function runRestore(cli: Cli, name: string): Promise<void> {
  const file = resolve(cli.workingDirectory, name);
  if (!existsSync(file)) throw new CommandFailure(`There is no file ${file}.`, exitCodes.notFound);
  const databaseUrl = await cli.databaseUrl();
  await migrate(databaseUrl);
  const stopped = 'Stopped: nothing of it is visible yet. The same command goes on.';
  const report = await withStore(stopped, async (store, onProgress) => {
    await store.prepare();
    return restore({ databaseUrl, store, file, onProgress });
  });
  const { blobs, rows, damaged } = report;
  cli.output.result(report, () =>
    [
      `${file}: ${blobs} blobs and ${rows} rows restored. Berth can be started.`,
      ...(damaged.length > 0
        ? [`${damaged.length} blobs were damaged before: push what answers 404 again.`]
        : []),
    ].join('\n'),
  );
}

/** Whatever is done at a stop is kept: `work` is only no longer waited for. */
async function withStore<T>(
  stopped: string,
  work: (store: BlobStore, onProgress: OnProgress) => Promise<T>,
): Promise<T> {
  const store = createBlobStore(readConfiguration());
  const progress = new Progress('blobs');
  using stop = stopSignal();
  const interrupted = new Promise<never>((_resolve, reject) => {
    const onStop = () => reject(new CommandFailure(stopped, exitCodes.interrupted));
    stop.signal.addEventListener('abort', onStop, { once: true });
  });
  try {
    const working = work(store, ({ step, done, total, doneBytes }) => {
      if (step === 'blobs') progress.update(done, total ?? done, doneBytes ?? 0);
    });
    return await Promise.race([working, interrupted]);
  } finally {
    progress.stop();
    await store.close();
  }
}
