import type { RepositoryName } from '@berth/oci';
import { Inject, Injectable } from '@nestjs/common';
import type { Requester } from '../access/credential.js';
import { NotFound } from '../errors/domain-errors.js';
import { cutCursorPage, type ListPage, readCursor } from '../http/cursor-page.js';
import { idOfCursor } from '../http/id.pipe.js';
import { TagActivityStore, type TagAt, type TagMove } from './tag-activity.store.js';
import type { TagActivityQuery } from './tags.schema.js';

/** Every move of every tag. */
@Injectable()
export class TagActivity {
  constructor(@Inject(TagActivityStore) private readonly moves: TagActivityStore) {}

  /** Where the tag pointed at that time. Throws what `authorizeApi` throws, and `NotFound`. */
  async findTagAt(requester: Requester, name: RepositoryName, tag: string, at: Date): Promise<TagAt> {
    const found = await this.moves.findAt(requester, name, tag, at);
    if (!found) throw new NotFound(`${name.shown} had no tag "${tag}" at ${at.toISOString()}.`);
    return found;
  }

  /** The newest first. Throws what `authorizeApi` throws, and `RequestInvalid`. */
  async listMoves(
    requester: Requester,
    name: RepositoryName,
    query: TagActivityQuery,
  ): Promise<ListPage<TagMove>> {
    const found = await this.moves.list(requester, name, {
      tag: query.tag,
      isDeleted: query.deleted,
      last: idOfCursor(readCursor(query)),
      limit: query.limit + 1,
    });
    return cutCursorPage(found, query, ({ id }) => id);
  }
}
