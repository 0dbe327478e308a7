import type { ManifestDetail } from '../registry-api/types';

type Base = NonNullable<ManifestDetail['base']>;

export interface GroupableLayer {
  readonly digest: string;
  readonly sizeBytes: number;
  readonly createdBy: string | null;
  readonly isBase: boolean;
}

/** One row of the list of layers: all of the base image together, or one layer of one's own. */
export type LayerGroup<Layer extends GroupableLayer> =
  | {
      readonly kind: 'base';
      readonly layers: readonly Layer[];
      readonly sizeBytes: number;
      readonly base: Base;
    }
  | { readonly kind: 'layer'; readonly layer: Layer; readonly sizeBytes: number; readonly colour: string };

const COLOURS = 5;

/** Base layers are grey and one row; one's own take the shades of the accent in turn. */
export function groupLayers<Layer extends GroupableLayer>(
  layers: readonly Layer[],
  base: Base | null,
): LayerGroup<Layer>[] {
  const inBase = base ? layers.filter(({ isBase }) => isBase) : [];
  const own = base ? layers.filter(({ isBase }) => !isBase) : layers;
  return [
    ...(base && inBase.length > 0
      ? [{ kind: 'base' as const, base, layers: inBase, sizeBytes: sum(inBase) }]
      : []),
    ...own.map((layer, index) => ({
      kind: 'layer' as const,
      layer,
      sizeBytes: layer.sizeBytes,
      colour: `layer-${(index % COLOURS) + 1}`,
    })),
  ];
}

/** What a client that has the base image already still downloads. */
export function ownBytes(layers: readonly GroupableLayer[]): number {
  return sum(layers.filter(({ isBase }) => !isBase));
}

/** `COPY dist/ /srv`, as it was in the Dockerfile: without the shell that ran it and the builder's remark. */
export function readableCommand(createdBy: string): string {
  return createdBy
    .replace(/^\/bin\/sh -c #\(nop\)\s*/, '')
    .replace(/^(?:RUN )?(?:\|\d+ (?:\S+=\S* )*)?\/bin\/sh -c /, 'RUN ')
    .replace(/\s*# buildkit$/, '')
    .trim();
}

/** What a layer is called: the command that made it, the file that it is, or else its type. */
export function layerTitle({
  createdBy,
  title,
  mediaType,
}: {
  readonly createdBy: string | null;
  readonly title: string | null;
  readonly mediaType: string;
}): string {
  return createdBy ? readableCommand(createdBy) : (title ?? mediaType);
}

function sum(layers: readonly GroupableLayer[]): number {
  return layers.reduce((total, { sizeBytes }) => total + sizeBytes, 0);
}
