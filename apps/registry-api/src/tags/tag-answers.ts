import type { ListPage } from '../http/cursor-page.js';
import { shownArtifactType, shownKind } from '../manifests/manifest-kind.js';
import type { TagAt, TagMove } from './tag-activity.store.js';
import type { ListedTag } from './tag-list.store.js';
import type { RemovedTag } from './tag-removal.store.js';
import type { DeletedTagAnswer, TagAnswer, TagAtAnswer, TagMoveAnswer } from './tags.schema.js';

export function toTagPage({ items, nextCursor }: ListPage<ListedTag>): ListPage<TagAnswer> {
  return { items: items.map(toTagAnswer), nextCursor };
}

function toTagAnswer(tag: ListedTag): TagAnswer {
  return {
    name: tag.name ?? null,
    digest: tag.digest,
    mediaType: tag.mediaType,
    kind: shownKind(tag.artifactKind, tag.mediaType),
    artifactKind: tag.artifactKind,
    artifactType: shownArtifactType(tag.artifactType),
    platforms: [...tag.platforms],
    sizeBytes: tag.sizeBytes,
    aliases: [...tag.aliases],
    pushedAt: tag.pushedAt.toISOString(),
    pushedBy: tag.pushedBy ?? null,
    lastPulledAt: tag.lastPulledAt?.toISOString() ?? null,
    pullCount: tag.pullCount,
    isSigned: tag.isSigned,
    isImmutable: tag.immutableBy !== undefined,
    immutableBy: tag.immutableBy ?? null,
    isNeededByIndex: tag.isNeededByIndex,
    expiresAt: tag.expiresAt?.toISOString() ?? null,
    uniqueBytes: tag.uniqueBytes ?? null,
  };
}

export function toTagAt(tag: string, at: Date, { since, ...found }: TagAt): TagAtAnswer {
  return { tag, at: at.toISOString(), ...found, since: since.toISOString() };
}

export function toDeletedTag({ historyId, digest, staysOn, isNeededByIndex }: RemovedTag): DeletedTagAnswer {
  return {
    undo: { historyId },
    staysOn: [...staysOn],
    untaggedDigest: staysOn.length === 0 ? digest : null,
    isNeededByIndex,
  };
}

export function toMovePage({ items, nextCursor }: ListPage<TagMove>): ListPage<TagMoveAnswer> {
  return { items: items.map(toTagMoveAnswer), nextCursor };
}

function toTagMoveAnswer({ fromDigest, toDigest, movedAt, ...move }: TagMove): TagMoveAnswer {
  return { ...move, from: fromDigest, to: toDigest, movedAt: movedAt.toISOString() };
}
