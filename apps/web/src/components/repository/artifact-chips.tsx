import { artifactKindName } from '@/lib/repository/artifact-kinds';
import { Chip } from '../chip/chip';

/** Says what a repository holds besides plain images, and whether something in it is signed. */
export function ArtifactChips({ kinds }: { kinds: readonly string[] }) {
  const named = [
    ...new Set(
      kinds.filter((kind) => !/^(image|index|signature|sbom|attestation)$/.test(kind)).map(artifactKindName),
    ),
  ];
  return (
    <>
      {kinds.includes('signature') && <Chip tone="good">Signed</Chip>}
      {named.map((name) => (
        <Chip key={name}>{name}</Chip>
      ))}
    </>
  );
}
