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
  async listTags(request: RegistryRequest, page: Page): Promise<readonly string[]> {
    const { facts, tags } = await this.tags.lookUp({
      credential: request.requester.credential,
      repositoryName: request.repository.name.value,
      last: page.last ?? '',
      limit: page.size + 1,
    });
    authorize(request, facts, this.access.settings);
    return tags;
  }
}
