import { formatBytes } from '@/lib/format/bytes';
import { shortDigest } from '@/lib/format/digest';
import type { Comparison } from '@/lib/registry-api/types';
import { artifactKindName } from '@/lib/repository/artifact-kinds';
import { referenceHref } from '@/lib/repository/links';
import { shownReference } from '@/lib/repository/shown-reference';
import { Chip } from '../chip/chip';
import { Link } from '../link/link';
import { Panel } from '../panel/panel';
import { Time } from '../time/time';

/** One of the two: what it is, and what of it is compared. */
export function ComparedSide({
  title,
  name,
  reference,
  manifest,
}: {
  title: string;
  name: string;
  reference: string;
  manifest: Comparison['a'];
}) {
  return (
    <Panel title={title}>
      <p className="flex flex-wrap items-center gap-2">
        <Link
          className="min-w-0 font-mono text-md font-bold break-all"
          href={referenceHref(name, manifest.tag, manifest.digest)}
        >
          {shownReference(reference)}
        </Link>
        {manifest.platform && <Chip tone="code">{manifest.platform}</Chip>}
        {manifest.kind === 'artifact' && <Chip>{artifactKindName(manifest.artifactKind)}</Chip>}
      </p>
      <p className="mt-1 text-md text-ink-2">
        <code title={manifest.imageDigest}>{shortDigest(manifest.imageDigest)}</code>
        {' · '}
        {formatBytes(manifest.sizeBytes)} · pushed <Time at={manifest.pushedAt} />
      </p>
    </Panel>
  );
}
