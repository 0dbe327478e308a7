/** An image of an index. */
export interface PlatformImage {
  readonly label: string;
  readonly digest: string;
}

/** What is compared: an image with the platform of its config, or an index of images. */
export type Side =
  | { readonly kind: 'image'; readonly label?: string }
  | { readonly kind: 'index'; readonly images: readonly PlatformImage[] };

const USUAL = 'linux/amd64';

/** What can be asked for: of two indexes what both have, else what the index has. */
export function comparablePlatforms(a: Side, b: Side): string[] {
  if (a.kind === 'image' && b.kind === 'image') return [];
  if (a.kind === 'image') return labelsOf(b);
  if (b.kind === 'image') return labelsOf(a);
  return labelsOf(a).filter((label) => imageFor(b, label));
}

/** The platform for both when none was asked for: the image's own, the usual one, the first that both have. */
export function usualPlatform(a: Side, b: Side): string | undefined {
  const own = a.kind === 'image' ? a.label : b.kind === 'image' ? b.label : undefined;
  const possible = comparablePlatforms(a, b);
  return [own, USUAL].find((label) => label && possible.some((other) => isSame(other, label))) ?? possible[0];
}

/** The image of an index for a platform. */
export function imageFor(side: Side, label: string | undefined): PlatformImage | undefined {
  if (side.kind === 'image' || label === undefined) return undefined;
  return (
    side.images.find((image) => image.label === label) ??
    side.images.find((image) => isSame(image.label, label))
  );
}

/** The image of an index that a client without wishes gets. */
export function usualImage(side: Side): PlatformImage | undefined {
  return imageFor(side, USUAL) ?? (side.kind === 'index' ? side.images[0] : undefined);
}

function labelsOf(side: Side): string[] {
  return side.kind === 'index' ? [...new Set(side.images.map(({ label }) => label))] : [];
}

/** Every 64-bit ARM is v8: some write it and some do not. */
function isSame(a: string, b: string): boolean {
  return a.replace(/\/arm64\/v8$/, '/arm64') === b.replace(/\/arm64\/v8$/, '/arm64');
}
