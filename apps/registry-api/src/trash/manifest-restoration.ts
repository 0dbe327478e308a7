import { Inject, Injectable } from '@nestjs/common';
import type { Actor } from '../audit/audit-entry.js';
import type { SqlClient } from '../database/database.js';
import { ENV, type Env } from '../env.js';
import { Conflict } from '../errors/domain-errors.js';
import {
  ManifestRestorationStore,
  type RestorationPlace,
  type RestoredManifests,
} from './manifest-restoration.store.js';
import { TrashedManifestStore } from './trashed-manifest.store.js';

/** Brings manifests back from trash, for those that have decided who may. */
@Injectable()
export class ManifestRestoration {
  /** How long something can be restored. */
  readonly days: number;

  constructor(
    @Inject(TrashedManifestStore) private readonly manifests: TrashedManifestStore,
    @Inject(ManifestRestorationStore) private readonly restorations: ManifestRestorationStore,
    @Inject(ENV) env: Env,
  ) {
    this.days = env.trashDays;
  }

  /** In a transaction that has locked the entry. Throws `Conflict` when something that an index lists is gone for good. */
  async restore(
    client: SqlClient,
    place: RestorationPlace,
    id: string,
    how: { readonly by: Actor; readonly withTags: boolean },
  ): Promise<RestoredManifests> {
    const restored = await this.restorations.restore(client, place, id, how);
    if (!('missing' in restored)) return restored;
    throw new Conflict(
      `An index of it lists ${restored.missing.join(', ')}, which is gone for good: push that again first.`,
    );
  }

  /** The manifest alone, and what comes with it, without tags. False when it is not in trash. */
  async restoreDigest(
    client: SqlClient,
    place: RestorationPlace,
    digest: string,
    by: Actor,
  ): Promise<boolean> {
    const id = await this.manifests.findEntryOf(client, place.repositoryId, digest, this.days);
    if (id === undefined) return false;
    await this.restore(client, place, id, { by, withTags: false });
    return true;
  }
}
