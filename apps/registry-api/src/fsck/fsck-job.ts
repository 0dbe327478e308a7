import { Inject, Injectable } from '@nestjs/common';
import type { JobFacts, JobRun } from '../jobs/job.js';
import { JobRegistry } from '../jobs/job-registry.js';
import { type Difference, differenceKinds } from './difference.js';
import { FsckService } from './fsck.service.js';

const NAMED = 100;

/** The fast check, for admins who ask for it. Repairs are for `berth fsck`, where somebody chooses them. */
@Injectable()
export class FsckJob {
  constructor(
    @Inject(FsckService) private readonly fsck: FsckService,
    @Inject(JobRegistry) jobs: JobRegistry,
  ) {
    jobs.declare({
      name: 'fsck',
      title: 'Compares the store with the database, existence and size; repairs nothing',
      run: (run) => this.check(run),
    });
  }

  private async check({ signal, report }: JobRun): Promise<JobFacts> {
    const named: string[] = [];
    const { checkedCount, checkedBytes, differences } = await this.fsck.check(undefined, {
      signal,
      onDifference: (difference) => {
        if (named.length < NAMED) named.push(nameOf(difference));
      },
      onProgress: ({ checkedCount: done, totalCount: total, checkedBytes: bytes }) =>
        report({ done, total: Math.max(done, total), bytes }),
    });
    signal.throwIfAborted();
    const found = differenceKinds.map((kind) => [kind, differences[kind]] as const);
    const count = found.reduce((sum, [, kindCount]) => sum + kindCount, 0);
    const kinds = Object.fromEntries(found.filter(([, kindCount]) => kindCount > 0));
    return { checked: checkedCount, bytes: checkedBytes, differences: count, ...kinds, named };
  }
}

/** `missing sha256:…`, `unrecorded ab/cdef…`. */
function nameOf(difference: Difference): string {
  return `${difference.kind} ${difference.kind === 'unrecorded' ? difference.storageKey : difference.digest}`;
}
