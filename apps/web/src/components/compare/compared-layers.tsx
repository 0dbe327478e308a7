import { formatBytes } from '@/lib/format/bytes';
import { counted } from '@/lib/format/count';
import { shortDigest } from '@/lib/format/digest';
import { layerTitle } from '@/lib/image/layer-groups';
import type { Comparison, Layer } from '@/lib/registry-api/types';
import { SliceDot, StackedBar } from '../image/stacked-bar';
import { DataTable } from '../table/data-table';

const kinds = [
  { key: 'shared', name: 'shared', className: 'layer-base' },
  { key: 'onlyB', name: 'new', className: 'layer-1' },
  { key: 'onlyA', name: 'gone', className: 'layer-4' },
] as const;

/** Layers that both have, those that come and those that go. */
export function ComparedLayers({
  layers,
  isArtifact,
}: {
  layers: Comparison['layers'];
  isArtifact: boolean;
}) {
  const rows = kinds.flatMap(({ key, name, className }) =>
    layers[key].map((layer) => ({ layer, name, className })),
  );
  if (rows.length === 0) return null;
  const present = kinds.filter(({ key }) => layers[key].length > 0);
  return (
    <section>
      <h2 className="mb-2.5">{isArtifact ? 'Files' : 'Layers'}</h2>
      <StackedBar
        label={present.map(({ key, name }) => `${formatBytes(sum(layers[key]))} ${name}`).join(', ')}
        slices={present.map(({ key, name, className }) => ({
          key,
          label: `${name}, ${formatBytes(sum(layers[key]))}`,
          sizeBytes: sum(layers[key]),
          className,
        }))}
      />
      <p className="my-2.5 flex flex-wrap gap-x-4 gap-y-1 text-md text-ink-2">
        {kinds.map(({ key, name, className }) => (
          <span className="inline-flex items-baseline" key={key}>
            <SliceDot className={className} />
            {counted(layers[key].length, isArtifact ? 'file' : 'layer')} {name},{' '}
            {formatBytes(sum(layers[key]))}
          </span>
        ))}
      </p>
      <DataTable label={isArtifact ? 'Files' : 'Layers'}>
        <thead>
          <tr>
            <th scope="col">State</th>
            <th scope="col">{isArtifact ? 'File' : 'Made by'}</th>
            <th scope="col">Digest</th>
            <th className="num" scope="col">
              Size
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ layer, name, className }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: an image may have the same layer twice, and its order is fixed
            <tr key={index}>
              <td className="whitespace-nowrap">
                <SliceDot className={className} />
                {name}
              </td>
              <td className="min-w-[200px]">
                <code className="break-words whitespace-pre-wrap">
                  <bdi>{layerTitle(layer)}</bdi>
                </code>
              </td>
              <td className="whitespace-nowrap">
                <code className="text-ink-3" title={layer.digest}>
                  {shortDigest(layer.digest)}
                </code>
              </td>
              <td className="num">{formatBytes(layer.sizeBytes)}</td>
            </tr>
          ))}
        </tbody>
      </DataTable>
    </section>
  );
}

function sum(layers: readonly Layer[]): number {
  return layers.reduce((total, { sizeBytes }) => total + sizeBytes, 0);
}
