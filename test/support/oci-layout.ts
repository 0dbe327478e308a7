import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Content, descriptorOf, type TestManifest } from './images.js';

/** Writes an OCI image layout that names one manifest by a tag, and returns its folder. */
export function writeOciLayout(directory: string, manifest: TestManifest, tag: string): string {
  for (const item of withAllBelow(manifest)) {
    const [algorithm = '', hash = ''] = item.digest.split(':');
    mkdirSync(join(directory, 'blobs', algorithm), { recursive: true });
    writeFileSync(join(directory, 'blobs', algorithm, hash), item.bytes);
  }
  const annotations = { 'org.opencontainers.image.ref.name': tag };
  const index = { schemaVersion: 2, manifests: [descriptorOf(manifest, { annotations })] };
  writeFileSync(join(directory, 'index.json'), JSON.stringify(index));
  writeFileSync(join(directory, 'oci-layout'), JSON.stringify({ imageLayoutVersion: '1.0.0' }));
  return directory;
}

/** A manifest with its blobs and everything below it. */
export function withAllBelow(manifest: TestManifest): Content[] {
  return [manifest, ...manifest.blobs, ...manifest.children.flatMap(withAllBelow)];
}
