import type { Tag } from '@/lib/registry-api/types';
import { Chip } from '../chip/chip';

/** What an artifact that is no image is, in the words of its type. */
export function TagKind({ tag }: { tag: Tag }) {
  if (tag.kind !== 'artifact') return null;
  return <Chip>{tag.artifactType ? nameOf(tag.artifactType) : 'Artifact'}</Chip>;
}

const names: readonly (readonly [RegExp, string])[] = [
  [/cosign|notary|signature/, 'Signature'],
  [/spdx|cyclonedx/, 'SBOM'],
  [/in-toto|attestation|sigstore\.bundle/, 'Attestation'],
  [/helm/, 'Helm chart'],
  [/wasm/, 'WebAssembly'],
];

function nameOf(artifactType: string): string {
  return names.find(([pattern]) => pattern.test(artifactType))?.[1] ?? 'Artifact';
}
