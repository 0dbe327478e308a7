import type { RepositoryName } from '@berth/oci';
import { Inject, Injectable } from '@nestjs/common';
import type { Requester } from '../access/credential.js';
import { cutCursorPage, type ListPage, readKeyset } from '../http/cursor-page.js';
import { escapeLike } from '../search/escape-like.js';
import { type ListedTag, TagListStore } from './tag-list.store.js';
import { tagSorts } from './tag-sorts.js';
import type { TagListQuery } from './tags.schema.js';

/** Tags as pages show them. */
@Injectable()
export class TagList {
  constructor(@Inject(TagListStore) private readonly tags: TagListStore) {}

  /** Throws what `authorizeApi` throws, and `RequestInvalid`. */
  async listTags(
    requester: Requester,
    name: RepositoryName,
    query: TagListQuery,
  ): Promise<ListPage<ListedTag>> {
    const { sort, q, limit } = query;
    const found = await this.tags.list(requester, name, {
      sort,
      order: query.order ?? tagSorts[sort].defaultOrder,
      last: readKeyset(query, tagSorts[sort].keySchema),
      limit: limit + 1,
      pattern: q === undefined || q === '' ? undefined : `%${escapeLike(q)}%`,
      withUntagged: query.untagged,
      withReferrers: query.referrers,
      withUniqueBytes: query.uniqueBytes,
    });
    return cutCursorPage(found, query, ({ key }) => JSON.stringify(key));
  }
}
