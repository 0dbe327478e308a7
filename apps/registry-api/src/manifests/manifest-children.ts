import type { ArtifactKind } from './artifact-kind.js';

/** By digest what an index lists. */
export type ManifestChildren = Readonly<
  Record<
    string,
    { readonly totalBytes: number; readonly platforms: string[]; readonly artifactKind: ArtifactKind }
  >
>;

/** A SELECT of the `ManifestChildren` of `manifest`, as JSON. */
export const childrenSql = `
  SELECT coalesce(json_object_agg(child.digest, json_build_object('totalBytes', child.total_bytes,
    'platforms', child.platforms, 'artifactKind', child.artifact_kind)), '{}')
  FROM manifest_references reference JOIN manifests child ON child.id = reference.child_id
  WHERE reference.manifest_id = manifest.id`;
