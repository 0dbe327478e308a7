import { describe, expect, it } from 'vitest';
import { groupLayers, ownBytes, readableCommand } from './layer-groups';

const layer = (digest: string, sizeBytes: number, isBase = false) => ({
  digest,
  sizeBytes,
  isBase,
  createdBy: null,
});
const base = { repository: 'library/base', tag: '9', digest: 'sha256:b', layerCount: 2 };

describe('the rows of layers', () => {
  it('gathers the layers of the base image', () => {
    const layers = [layer('a', 10, true), layer('b', 5, true), layer('c', 1)];
    expect(groupLayers(layers, base).map(({ kind, sizeBytes }) => [kind, sizeBytes])).toEqual([
      ['base', 15],
      ['layer', 1],
    ]);
    expect(ownBytes(layers)).toBe(1);
  });

  it('shows each layer for itself where no base image is known', () => {
    const layers = [layer('a', 10), layer('b', 5)];
    expect(groupLayers(layers, null)).toHaveLength(2);
  });

  it('takes the shades in turn', () => {
    const layers = Array.from({ length: 6 }, (_, index) => layer(String(index), 1));
    const colours = groupLayers(layers, null).map((group) => group.kind === 'layer' && group.colour);
    expect(colours).toEqual(['layer-1', 'layer-2', 'layer-3', 'layer-4', 'layer-5', 'layer-1']);
  });
});

describe('the command that made a layer', () => {
  it.each([
    ['/bin/sh -c #(nop) COPY file:1 in /', 'COPY file:1 in /'],
    ['/bin/sh -c apk add lua', 'RUN apk add lua'],
    ['RUN /bin/sh -c apk add lua # buildkit', 'RUN apk add lua'],
    ['RUN |1 VERSION=3 /bin/sh -c make # buildkit', 'RUN make'],
    ['COPY dist/ /srv # buildkit', 'COPY dist/ /srv'],
  ])('%s', (createdBy, command) => {
    expect(readableCommand(createdBy)).toBe(command);
  });
});
