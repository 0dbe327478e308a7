import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { Requester } from '../access/credential.js';
import { ENV, type Env } from '../env.js';
import { type CursorPage, cutCursorPage, type ListPage, readKeyset } from '../http/cursor-page.js';
import { type TrashedItem, TrashListStore } from './trash-list.store.js';

const digits = z.string().regex(/^[0-9]{1,18}$/);
const keySchema = z.strictObject({
  deletedAtMicros: digits,
  kind: z.enum(['namespace', 'repository']),
  id: digits,
});

/** Lists repositories and namespaces in trash. */
@Injectable()
export class TrashList {
  constructor(
    @Inject(TrashListStore) private readonly items: TrashListStore,
    @Inject(ENV) private readonly env: Env,
  ) {}

  /** What the requester may restore, the last deleted first. Throws `Unauthorized`, `RequestInvalid`. */
  async listTrash(
    requester: Requester,
    page: CursorPage & { readonly namespace?: string },
  ): Promise<ListPage<TrashedItem>> {
    const found = await this.items.list(requester, {
      days: this.env.trashDays,
      namespace: page.namespace,
      last: readKeyset(page, keySchema),
      limit: page.limit + 1,
    });
    const { items, nextCursor } = cutCursorPage(found, page, ({ key }) => JSON.stringify(key));
    return { items: items.map(({ item }) => item), nextCursor };
  }
}
