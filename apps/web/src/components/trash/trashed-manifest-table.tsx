import { purgeManifest, restoreManifest } from '@/app/r/[...path]/trash-actions';
import { formatBytes } from '@/lib/format/bytes';
import { counted, further } from '@/lib/format/count';
import { shortDigest } from '@/lib/format/digest';
import type { TrashedManifest } from '@/lib/registry-api/types';
import { artifactKindName } from '@/lib/repository/artifact-kinds';
import { Chip } from '../chip/chip';
import { ConfirmButton } from '../dialog/confirm-button';
import { PlatformChips } from '../repository/platform-chips';
import { DataTable } from '../table/data-table';
import { DeletionCells, DeletionHeads } from './deletion-cells';
import { RestoreRow } from './restore-row';

const MOST_TAGS = 5;
/** So many the API tells. */
const TOLD_TAGS = 100;

const reasons = { deleted: null, retention: 'by a retention rule', expired: 'its time was over' };

/** Images that were deleted, with what comes back with each. */
export function TrashedManifestTable({
  name,
  manifests,
}: {
  name: string;
  manifests: readonly TrashedManifest[];
}) {
  return (
    <DataTable label="Deleted images">
      <thead>
        <tr>
          <th scope="col">Image</th>
          <th scope="col">Platforms</th>
          <th className="num" scope="col">
            Size
          </th>
          <DeletionHeads />
        </tr>
      </thead>
      <tbody>
        {manifests.map((manifest) => (
          <ManifestRow key={manifest.id} manifest={manifest} name={name} />
        ))}
      </tbody>
    </DataTable>
  );
}

function ManifestRow({ name, manifest }: { name: string; manifest: TrashedManifest }) {
  const { id, digest, tags, artifactKind, attachedCount } = manifest;
  const isImage = artifactKind === 'image' || artifactKind === 'index';
  const reason = reasons[manifest.reason];
  return (
    <tr>
      <td>
        <span className="flex min-w-[140px] flex-wrap items-center gap-1.5">
          <code title={digest}>{shortDigest(digest)}</code>
          {tags.slice(0, MOST_TAGS).map((tag) => (
            <Chip key={tag} tone="code">
              {tag}
            </Chip>
          ))}
          {tags.length > MOST_TAGS && (
            <span className="text-sm text-ink-3">{further(tags.length, MOST_TAGS, TOLD_TAGS)}</span>
          )}
          {!isImage && <Chip>{artifactKindName(artifactKind)}</Chip>}
        </span>
        {attachedCount > 0 && (
          <div className="text-sm text-ink-3">with {counted(attachedCount, 'more manifest')}</div>
        )}
      </td>
      <td>
        <span className="flex flex-wrap gap-1">
          <PlatformChips isShort most={3} platforms={manifest.platforms} />
        </span>
      </td>
      <td className="num">{formatBytes(manifest.sizeBytes)}</td>
      <DeletionCells deleted={{ ...manifest, deletedBy: reason ?? manifest.deletedBy }} />
      <td>
        <div className="flex flex-wrap justify-end gap-2 min-[860px]:flex-nowrap">
          <RestoreRow action={restoreManifest.bind(null, name, id)} of={shortDigest(digest)} />
          <ConfirmButton
            action={purgeManifest.bind(null, name, id, digest)}
            confirm="Delete for good"
            label="Delete for good…"
            of={shortDigest(digest)}
            title="Delete this image for good?"
          >
            <p>
              <code className="break-all">{digest}</code> and what went with it are gone then, and nobody can
              bring them back. What nothing else needs of its space is freed by the next collection.
            </p>
          </ConfirmButton>
        </div>
      </td>
    </tr>
  );
}
