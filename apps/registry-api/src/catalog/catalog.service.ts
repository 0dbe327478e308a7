import type { ResourceScope } from '@berth/auth';
import { Inject, Injectable } from '@nestjs/common';
import type { Requester } from '../access/credential.js';
import { cutPage, type Page } from '../base/pagination.js';
import { Unauthorized } from '../errors/domain-errors.js';
import { CatalogStore } from './catalog.store.js';

const catalogScope: ResourceScope = { type: 'registry', name: 'catalog', actions: ['*'] };

@Injectable()
export class CatalogService {
  constructor(@Inject(CatalogStore) private readonly catalog: CatalogStore) {}

  /**
   * The repositories that the requester may pull now, by full name (`library/alpine`), since pages go by it.
   * Everybody is granted the scope, anonymous too; without credentials the answer still asks for it, so that clients
   * with credentials send them.
   */
  async listRepositories(requester: Requester, page: Page): Promise<{ entries: string[]; link?: string }> {
    if (requester.presented === 'none') throw new Unauthorized([catalogScope]);
    if (requester.presented === 'bearer' && !isGranted(requester)) {
      throw new Unauthorized(
        [catalogScope],
        'insufficient_scope',
        'This token was not made for the catalog: ask for one with its scope.',
      );
    }
    const found = await this.catalog.listNames(requester, page, catalogScope);
    return cutPage(found, page, '/v2/_catalog', (name) => name);
  }
}

function isGranted({ claims }: Requester): boolean {
  const entries = claims?.access.filter(({ type, name }) => type === 'registry' && name === 'catalog');
  return entries?.some(({ actions }) => actions.includes('*')) ?? false;
}
