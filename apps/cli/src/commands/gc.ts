import { GarbageCollectionModule } from '../../../registry-api/src/garbage-collection/garbage-collection.module.js';
import { GarbageCollection } from '../../../registry-api/src/garbage-collection/garbage-collection.service.js';
import type { Cli } from '../berth.js';
import { Progress } from '../progress.js';
import { stopSignal } from '../stop-signal.js';
import { parseDuration, shownBytes } from '../values.js';
import type { AddCommand } from './index.js';

interface GcOptions {
  readonly dryRun?: boolean;
  readonly grace?: number;
}

export const addGc: AddCommand = (program, cli) => {
  program
    .command('gc')
    .description('removes blobs that nothing needs any more, beside a running Berth or without one')
    .option('--dry-run', 'only tell what would go')
    .option('--grace <duration>', 'leave alone what somebody touched since, such as 24h', parseDuration)
    .action((options: GcOptions) => collect(cli(), options));
};

function collect({ inBerth, output }: Cli, { dryRun = false, grace }: GcOptions): Promise<void> {
  return inBerth([GarbageCollectionModule], async (berth) => {
    const progress = new Progress('collection');
    using stop = stopSignal();
    try {
      const request = { graceSeconds: grace, isDryRun: dryRun };
      const collected = await berth.get(GarbageCollection).collectHere(berth.operator, request, {
        signal: stop.signal,
        report: ({ done, total = done, bytes = 0 }) => progress.update(done, total, bytes),
      });
      progress.stop();
      output.result({ dryRun, ...collected }, () => {
        const what = `${collected.blobs} blobs, ${shownBytes(collected.bytes)}`;
        return dryRun ? `${what} would go.` : `${what} removed.`;
      });
    } finally {
      progress.stop();
    }
  });
}
