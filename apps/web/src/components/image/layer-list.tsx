import { formatBytes } from '@/lib/format/bytes';
import { counted } from '@/lib/format/count';
import { shortDigest } from '@/lib/format/digest';
import { groupLayers, type LayerGroup, layerTitle, ownBytes } from '@/lib/image/layer-groups';
import type { Layer, ManifestDetail } from '@/lib/registry-api/types';
import { referenceHref } from '@/lib/repository/links';
import { Empty } from '../empty/empty';
import { Link } from '../link/link';
import { DataTable } from '../table/data-table';
import { SliceDot, StackedBar } from './stacked-bar';

type Group = LayerGroup<Layer>;

/** What an image is made of, in the order in which it was made. */
export function LayerList({ image }: { image: ManifestDetail }) {
  if (image.layers.length === 0)
    return (
      <Empty title="No layers">
        <p>This manifest has none: what it says stands under Raw.</p>
      </Empty>
    );
  const groups = groupLayers(image.layers, image.base);
  return (
    <div className="grid grid-cols-1 gap-3">
      <DataTable
        above={
          <StackedBar
            label={`${formatBytes(image.sizeBytes)} in ${counted(image.layers.length, 'layer')}`}
            slices={groups.map((group, index) => ({
              key: String(index),
              label: `${titleOf(group)}, ${formatBytes(group.sizeBytes)}`,
              sizeBytes: group.sizeBytes,
              className: colourOf(group),
            }))}
          />
        }
        label="Layers"
      >
        <thead>
          <tr>
            <th scope="col">{image.kind === 'artifact' ? 'File' : 'Made by'}</th>
            <th scope="col">Digest</th>
            <th className="num" scope="col">
              Size
            </th>
          </tr>
        </thead>
        <tbody>
          {groups.map((group, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: an image may have the same layer twice, and its order is fixed
            <LayerRow group={group} key={index} />
          ))}
        </tbody>
      </DataTable>
      {image.base && (
        <p className="text-md text-ink-2">
          A client that has{' '}
          <Link href={referenceHref(image.base.repository, image.base.tag, image.base.digest)}>
            {baseName(image.base)}
          </Link>{' '}
          downloads {formatBytes(ownBytes(image.layers))}.
        </p>
      )}
    </div>
  );
}

function LayerRow({ group }: { group: Group }) {
  return (
    <tr>
      <td className="min-w-[200px]">
        <span className="flex items-baseline">
          <SliceDot className={colourOf(group)} />
          <code className="break-words whitespace-pre-wrap">
            <bdi>{titleOf(group)}</bdi>
          </code>
        </span>
      </td>
      <td className="whitespace-nowrap">
        <code className="text-ink-3" title={digestOf(group)}>
          {shortDigest(digestOf(group))}
        </code>
      </td>
      <td className="num">{formatBytes(group.sizeBytes)}</td>
    </tr>
  );
}

function titleOf(group: Group): string {
  if (group.kind === 'base') return `${baseName(group.base)} · ${counted(group.layers.length, 'layer')}`;
  return layerTitle(group.layer);
}

function digestOf(group: Group): string {
  return group.kind === 'base' ? (group.layers.at(-1)?.digest ?? '') : group.layer.digest;
}

function colourOf(group: Group): string {
  return group.kind === 'base' ? 'layer-base' : group.colour;
}

function baseName({ repository, tag }: { repository: string; tag: string | null }): string {
  return tag ? `${repository}:${tag}` : repository;
}
