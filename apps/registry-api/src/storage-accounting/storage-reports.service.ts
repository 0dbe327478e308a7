import { Inject, Injectable } from '@nestjs/common';
import { type OwnerUsage, StorageReportStore, type StorageTotals } from './storage-report.store.js';

export interface StorageReport {
  readonly totals: StorageTotals;
  /** What sharing blobs between repositories saves. */
  readonly savedBytes: number;
  readonly namespaces: readonly OwnerUsage[];
  readonly repositories: readonly OwnerUsage[];
}

@Injectable()
export class StorageReports {
  constructor(@Inject(StorageReportStore) private readonly reports: StorageReportStore) {}

  async report(limit: number): Promise<StorageReport> {
    const totals = await this.reports.totals();
    return {
      totals,
      savedBytes: totals.unsharedBytes - (totals.totalBytes - totals.unlinkedBytes),
      namespaces: await this.reports.largestNamespaces(limit),
      repositories: await this.reports.largestRepositories(limit),
    };
  }
}
