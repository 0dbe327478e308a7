import type { ImageConfig, ParsedManifest } from '@berth/oci';
import type { ChangeAnswer } from './comparison.schema.js';

type Values = ReadonlyMap<string, string>;

/** What two images start differently. */
export function configChanges(a: ImageConfig, b: ImageConfig): ChangeAnswer[] {
  return changes(configValues(a), configValues(b));
}

export function envChanges(a: ImageConfig, b: ImageConfig): ChangeAnswer[] {
  return changes(envValues(a), envValues(b));
}

export function mapChanges(
  a: Readonly<Record<string, string>>,
  b: Readonly<Record<string, string>>,
): ChangeAnswer[] {
  return changes(new Map(Object.entries(a)), new Map(Object.entries(b)));
}

/** Everything of a list of layers, by whether the other one has it; in the order in which they lie on each other. */
export function divideLayers<Layer extends { readonly digest: string }>(
  a: readonly Layer[],
  b: readonly Layer[],
): { shared: Layer[]; onlyA: Layer[]; onlyB: Layer[] } {
  const inA = new Set(a.map(({ digest }) => digest));
  const inB = new Set(b.map(({ digest }) => digest));
  return {
    shared: b.filter(({ digest }) => inA.has(digest)),
    onlyA: a.filter(({ digest }) => !inB.has(digest)),
    onlyB: b.filter(({ digest }) => !inA.has(digest)),
  };
}

/** Blobs of `b` that are none of `a`, each counted once however often it is listed. */
export function bytesToPull(a: ParsedManifest, b: ParsedManifest): number {
  const held = new Set(blobsOf(a).map(({ digest }) => digest.text));
  const missing = new Map(blobsOf(b).map(({ digest, sizeBytes }) => [digest.text, sizeBytes]));
  return [...missing].reduce((sum, [digest, sizeBytes]) => (held.has(digest) ? sum : sum + sizeBytes), 0);
}

function blobsOf({ config, layers }: ParsedManifest): ParsedManifest['layers'] {
  return config ? [config, ...layers] : layers;
}

function configValues(config: ImageConfig): Values {
  const values: Readonly<Record<string, string | null>> = {
    entrypoint: list(config.entrypoint),
    cmd: list(config.cmd),
    workingDir: config.workingDir,
    user: config.user,
    exposedPorts: set(config.exposedPorts),
    volumes: set(config.volumes),
    stopSignal: config.stopSignal,
    os: config.os,
    architecture: config.architecture,
    variant: config.variant,
    author: config.author,
    created: config.created,
  };
  return new Map(Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== null));
}

/** As a Dockerfile has commands. */
function list(texts: readonly string[]): string | null {
  return texts.length === 0 ? null : JSON.stringify(texts);
}

function set(texts: readonly string[]): string | null {
  return texts.length === 0 ? null : [...texts].sort().join(', ');
}

/** Of a variable that is set twice the last one counts, as in a shell. */
function envValues({ env }: ImageConfig): Values {
  return new Map(
    env.map((variable) => {
      const [name = ''] = variable.split('=', 1);
      return [name, variable.slice(name.length + 1)];
    }),
  );
}

function changes(a: Values, b: Values): ChangeAnswer[] {
  return [...new Set([...a.keys(), ...b.keys()])]
    .map((key) => ({ key, a: a.get(key) ?? null, b: b.get(key) ?? null }))
    .filter((change) => change.a !== change.b);
}
