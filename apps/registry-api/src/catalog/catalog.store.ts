import type { ResourceScope } from '@berth/auth';
import { Inject, Injectable } from '@nestjs/common';
import type { Requester } from '../access/credential.js';
import { VisibleLists, visibleList } from '../access/visible-lists.service.js';
import type { Page } from '../base/pagination.js';

const catalogList = visibleList(
  'catalog',
  (isVisible) => `
    SELECT repository.name FROM repositories repository
    WHERE ${isVisible} AND ($8::text IS NULL OR repository.name > $8)
    ORDER BY repository.name LIMIT $9`,
  'found.name',
);

@Injectable()
export class CatalogStore {
  constructor(@Inject(VisibleLists) private readonly lists: VisibleLists) {}

  /**
   * Full names in byte order, one more than the page holds if there is more. One round trip.
   * Throws `Unauthorized`, asking for `scope`.
   */
  async listNames(requester: Requester, page: Page, scope: ResourceScope): Promise<string[]> {
    const values = [page.last ?? null, page.size + 1];
    const rows = await this.lists.query<{ name: string | null }>(requester, catalogList, values, [scope]);
    return rows.flatMap(({ name }) => name ?? []);
  }
}
