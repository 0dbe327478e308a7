import { type Descriptor, Digest } from '@berth/oci';
import { describe, expect, it } from 'vitest';
import { type ArtifactKind, classify } from './artifact-kind.js';

const OCI_CONFIG = 'application/vnd.oci.image.config.v1+json';
const EMPTY = 'application/vnd.oci.empty.v1+json';
const LAYER = 'application/vnd.oci.image.layer.v1.tar+gzip';

interface Row {
  is: ArtifactKind;
  of: string;
  artifactType?: string;
  config?: string;
  layers?: string[];
  annotations?: Record<string, string>;
  kind?: 'image' | 'index';
}

const bundle = 'application/vnd.dev.sigstore.bundle.v0.3+json';
const rows: Row[] = [
  { is: 'image', of: 'an OCI image', config: OCI_CONFIG, layers: [LAYER] },
  { is: 'image', of: 'an image without layers', config: OCI_CONFIG },
  {
    is: 'image',
    of: 'a Docker image',
    config: 'application/vnd.docker.container.image.v1+json',
    layers: ['application/vnd.docker.image.rootfs.diff.tar.gzip'],
  },
  { is: 'index', of: 'an index', kind: 'index' },
  {
    is: 'chart',
    of: 'helm push',
    config: 'application/vnd.cncf.helm.config.v1+json',
    layers: ['application/vnd.cncf.helm.chart.content.v1.tar+gzip'],
  },
  {
    is: 'wasm',
    of: 'wasm-to-oci',
    config: 'application/vnd.wasm.config.v1+json',
    layers: ['application/vnd.wasm.content.layer.v1+wasm'],
  },
  {
    is: 'wasm',
    of: 'a wasm component',
    config: 'application/vnd.wasm.config.v0+json',
    layers: ['application/wasm'],
  },
  { is: 'wasm', of: 'oras push of a module', artifactType: 'application/vnd.wasm.module', config: EMPTY },
  {
    is: 'wasm',
    of: 'oras push without a type',
    artifactType: 'application/vnd.unknown.artifact.v1',
    config: EMPTY,
    layers: ['application/wasm'],
  },
  {
    is: 'signature',
    of: 'cosign sign',
    config: OCI_CONFIG,
    layers: ['application/vnd.dev.cosign.simplesigning.v1+json'],
  },
  {
    is: 'signature',
    of: 'cosign sign as a referrer',
    artifactType: 'application/vnd.dev.cosign.artifact.sig.v1+json',
    config: OCI_CONFIG,
    layers: ['application/vnd.dev.cosign.simplesigning.v1+json'],
  },
  {
    is: 'signature',
    of: 'notation sign',
    artifactType: 'application/vnd.cncf.notary.signature',
    config: EMPTY,
  },
  { is: 'signature', of: 'notation by its config', config: 'application/vnd.cncf.notary.signature' },
  { is: 'signature', of: 'a sigstore bundle', artifactType: bundle, config: EMPTY, layers: [bundle] },
  {
    is: 'signature',
    of: 'a sigstore bundle of cosign sign',
    artifactType: bundle,
    config: EMPTY,
    annotations: {
      'dev.sigstore.bundle.content': 'dsse-envelope',
      'dev.sigstore.bundle.predicateType': 'https://sigstore.dev/cosign/sign/v1',
    },
  },
  {
    is: 'attestation',
    of: 'a sigstore bundle of provenance',
    artifactType: bundle,
    config: EMPTY,
    annotations: { 'dev.sigstore.bundle.predicateType': 'https://slsa.dev/provenance/v1' },
  },
  {
    is: 'attestation',
    of: 'a sigstore bundle of a predicate of one’s own',
    artifactType: bundle,
    config: EMPTY,
    annotations: { 'dev.sigstore.bundle.content': 'dsse-envelope' },
  },
  {
    is: 'sbom',
    of: 'a sigstore bundle of an SBOM',
    artifactType: bundle,
    config: EMPTY,
    annotations: { 'dev.sigstore.bundle.predicateType': 'https://spdx.dev/Document' },
  },
  {
    is: 'attestation',
    of: 'cosign attest',
    config: OCI_CONFIG,
    layers: ['application/vnd.dsse.envelope.v1+json'],
  },
  {
    is: 'attestation',
    of: 'BuildKit’s attestation manifest',
    config: OCI_CONFIG,
    layers: ['application/vnd.in-toto+json', 'application/vnd.in-toto+json'],
  },
  { is: 'sbom', of: 'cosign attach sbom', config: OCI_CONFIG, layers: ['text/spdx+json'] },
  { is: 'sbom', of: 'oras attach of SPDX', artifactType: 'application/spdx+json', config: EMPTY },
  {
    is: 'sbom',
    of: 'oras attach of CycloneDX',
    artifactType: 'application/vnd.cyclonedx+json',
    config: EMPTY,
  },
  {
    is: 'sbom',
    of: 'an SBOM type of one’s own',
    artifactType: 'application/vnd.example.sbom.v1+json',
    config: EMPTY,
  },
  { is: 'sbom', of: 'an index of SBOMs', artifactType: 'application/spdx+json', kind: 'index' },
  {
    is: 'artifact',
    of: 'anything else',
    artifactType: 'application/vnd.example.data',
    config: EMPTY,
    layers: ['a/b'],
  },
  { is: 'artifact', of: 'a Docker plugin', config: 'application/vnd.docker.plugin.v1+json', layers: [LAYER] },
  { is: 'artifact', of: 'an image config under another type', artifactType: 'a/b', config: OCI_CONFIG },
  { is: 'artifact', of: 'mixed layers', config: EMPTY, layers: ['application/wasm', 'text/plain'] },
  {
    is: 'image',
    of: 'an image with a wasm layer among others',
    config: OCI_CONFIG,
    layers: ['application/wasm', LAYER],
  },
  {
    is: 'artifact',
    of: 'a type that only contains a word',
    artifactType: 'application/vnd.wasmer',
    config: EMPTY,
  },
];

describe('classify', () => {
  it.each(rows)(
    'takes $of for $is',
    ({ is, artifactType, config, layers = [], annotations = {}, kind = 'image' }) => {
      const descriptor = (mediaType: string): Descriptor => ({
        mediaType,
        digest: Digest.ofBytes(Buffer.from(mediaType)),
        sizeBytes: 1,
      });
      const parsed = {
        kind,
        artifactType: artifactType ?? config,
        config: config === undefined ? undefined : descriptor(config),
        layers: layers.map(descriptor),
        annotations,
      };
      expect(classify(parsed)).toBe(is);
    },
  );
});
