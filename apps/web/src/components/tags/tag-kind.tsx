import type { Tag } from '@/lib/registry-api/types';
import { artifactKindName } from '@/lib/repository/artifact-kinds';
import { Chip } from '../chip/chip';

/** What a tag is that is no image. */
export function TagKind({ tag }: { tag: Tag }) {
  return tag.kind === 'artifact' ? <Chip>{artifactKindName(tag.artifactKind)}</Chip> : null;
}
