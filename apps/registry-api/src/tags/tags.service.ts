import { Inject, Injectable } from '@nestjs/common';
import { AccessService } from '../access/access.service.js';
import { authorize, type RegistryRequest } from '../access/registry-access.js';
import type { Page } from '../base/pagination.js';
import { TagStore } from './tag.store.js';

@Injectable()
export class TagsService {
  constructor(
    @Inject(TagStore) private readonly tags: TagStore,
    @Inject(AccessService) private readonly access: AccessService,
  ) {}

  /** In byte order; one more than the page's size if there is more. */
  async listTags(request: RegistryRequest, page: Page): Promise<string[]> {
    const { facts, tags } = await this.tags.lookUp(request.requester.credential, request.repository.name, {
      last: page.last ?? '',
      limit: page.size + 1,
    });
    authorize(request, facts, this.access.settings);
    return tags;
  }
}
