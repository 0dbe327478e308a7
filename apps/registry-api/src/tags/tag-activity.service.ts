import type { RepositoryName } from '@berth/oci';
import { Inject, Injectable } from '@nestjs/common';
import type { Requester } from '../access/credential.js';
import { cutCursorPage, type ListPage, readCursor } from '../http/cursor-page.js';
import { idOfCursor } from '../http/id.pipe.js';
import { TagActivityStore, type TagMove } from './tag-activity.store.js';
import type { TagActivityQuery } from './tags.schema.js';

/** Every move of every tag. */
@Injectable()
export class TagActivity {
  constructor(@Inject(TagActivityStore) private readonly moves: TagActivityStore) {}

  /** The newest first. Throws what `authorizeApi` throws, and `RequestInvalid`. */
  async listMoves(
    requester: Requester,
    name: RepositoryName,
    query: TagActivityQuery,
  ): Promise<ListPage<TagMove>> {
    const found = await this.moves.list(requester, name, {
      tag: query.tag,
      last: idOfCursor(readCursor(query)),
      limit: query.limit + 1,
    });
    return cutCursorPage(found, query, ({ id }) => id);
  }
}
