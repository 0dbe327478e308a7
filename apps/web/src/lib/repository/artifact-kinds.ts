const names: Readonly<Record<string, string>> = {
  image: 'Image',
  index: 'Image',
  chart: 'Helm chart',
  wasm: 'WebAssembly',
  signature: 'Signature',
  sbom: 'SBOM',
  attestation: 'Attestation',
  artifact: 'Artifact',
  other: 'Artifact',
};

/** What people call a kind of artifact. */
export function artifactKindName(kind: string): string {
  return names[kind] ?? kind;
}
