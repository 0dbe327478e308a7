import { Inject, Injectable } from '@nestjs/common';
import type { Requester } from '../access/credential.js';
import { VisibleLists, visibleList } from '../access/visible-lists.service.js';

/** Something that a text names exactly or begins to: a tag or digest of a repository. */
export interface NamedContent {
  /** The repository's full name. */
  readonly repository: string;
  readonly tag?: string;
  readonly digest?: string;
}

/** $8 beginning of a digest, $9 limit. */
const digestList = visibleList(
  'search-digest',
  (isVisible) => `
    SELECT repository.name AS repository, named.digest, repository.popularity
    FROM manifests named JOIN repositories repository ON repository.id = named.repository_id
    WHERE named.digest >= $8::text AND named.digest < $8 || '~' AND ${isVisible}
    ORDER BY repository.popularity DESC, repository.name, named.digest LIMIT $9`,
  'found.popularity DESC, found.repository, found.digest',
);

/** $8 full name, $9 beginning of a tag, $10 whether it is the whole tag, $11 limit. */
const tagList = visibleList(
  'search-tag',
  (isVisible) => `
    SELECT repository.name AS repository, named.name AS tag, named.sort_key
    FROM repositories repository JOIN tags named ON named.repository_id = repository.id
    WHERE repository.name = $8 AND NOT named.is_referrer AND named.name >= $9::text AND named.name < $9 || '~'
      AND (NOT $10::boolean OR named.name = $9) AND ${isVisible}
    ORDER BY named.sort_key DESC, named.name DESC LIMIT $11`,
  'found.sort_key DESC, found.tag DESC',
);

@Injectable()
export class SearchJumpStore {
  constructor(@Inject(VisibleLists) private readonly lists: VisibleLists) {}

  /** Manifests whose digest begins so, in the most popular repositories first. One round trip. */
  async findDigests(requester: Requester, beginning: string, limit: number): Promise<NamedContent[]> {
    const rows = await this.lists.query<NamedRow>(requester, digestList, [beginning, limit]);
    return rows.flatMap(toNamed);
  }

  /** Tags of a repository that begin so, by version; `isWhole`: that one alone. One round trip. */
  async findTags(
    requester: Requester,
    tag: { readonly repository: string; readonly beginning: string; readonly isWhole: boolean },
    limit: number,
  ): Promise<NamedContent[]> {
    const values = [tag.repository, tag.beginning, tag.isWhole, limit];
    const rows = await this.lists.query<NamedRow>(requester, tagList, values);
    return rows.flatMap(toNamed);
  }
}

interface NamedRow {
  readonly repository: string | null;
  readonly tag?: string;
  readonly digest?: string;
}

function toNamed({ repository, tag, digest }: NamedRow): NamedContent[] {
  return repository === null ? [] : [{ repository, tag, digest }];
}
