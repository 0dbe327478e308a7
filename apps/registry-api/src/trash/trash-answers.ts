import { RepositoryName } from '@berth/oci';
import { Inject, Injectable } from '@nestjs/common';
import { ENV, type Env } from '../env.js';
import type { ListPage } from '../http/cursor-page.js';
import type { TrashedItemAnswer, TrashedManifestAnswer } from './trash.schema.js';
import type { TrashedItem } from './trash-list.store.js';
import type { TrashedManifest } from './trashed-manifest.store.js';

const DAY_MS = 24 * 60 * 60 * 1000;

/** What the API says of things in trash: until when depends on the configuration. */
@Injectable()
export class TrashAnswers {
  constructor(@Inject(ENV) private readonly env: Env) {}

  itemPage({ items, nextCursor }: ListPage<TrashedItem>): ListPage<TrashedItemAnswer> {
    return { items: items.map((item) => this.item(item)), nextCursor };
  }

  manifestPage({ items, nextCursor }: ListPage<TrashedManifest>): ListPage<TrashedManifestAnswer> {
    return { items: items.map((manifest) => this.manifest(manifest)), nextCursor };
  }

  private item({ name, ...item }: TrashedItem): TrashedItemAnswer {
    const shown = item.kind === 'repository' ? RepositoryName.parse(name).shown : name;
    return { ...item, name: shown, ...this.times(item.deletedAt) };
  }

  private manifest(manifest: TrashedManifest): TrashedManifestAnswer {
    return {
      ...manifest,
      platforms: [...manifest.platforms],
      tags: [...manifest.tags],
      ...this.times(manifest.deletedAt),
    };
  }

  private times(deletedAt: Date): { deletedAt: string; restorableUntil: string } {
    const until = new Date(deletedAt.getTime() + this.env.trashDays * DAY_MS);
    return { deletedAt: deletedAt.toISOString(), restorableUntil: until.toISOString() };
  }
}
