const PREFIX = 'org.opencontainers.image.';

/** The value of one of the image spec's own annotations or labels; whichever of the maps has it first. */
export function imageAnnotation(
  name: 'licenses' | 'source' | 'url' | 'documentation' | 'revision' | 'vendor' | 'version',
  ...maps: readonly (Readonly<Record<string, string>> | undefined)[]
): string | undefined {
  return maps.map((map) => map?.[PREFIX + name]).find((value) => value !== undefined && value !== '');
}

/** An http or https address that may stand as a link; undefined for any other text. */
export function webAddress(text: string): string | undefined {
  const url = /^https?:\/\//i.test(text) ? URL.parse(text) : null;
  return url ? url.href : undefined;
}
