import { formatBytes } from '@/lib/format/bytes';
import { counted } from '@/lib/format/count';
import type { Repository } from '@/lib/registry-api/types';
import { imageAnnotation } from '@/lib/repository/annotations';
import { referenceHref, tagHref } from '@/lib/repository/links';
import type { ReadImage } from '@/lib/repository/reading';
import { Link } from '../link/link';
import { Facts } from '../page/facts';
import { LinkedText } from '../page/linked-text';
import { Panel } from '../panel/panel';
import { Time } from '../time/time';
import { PlatformChips } from './platform-chips';

/** The latest tag at a glance. */
export function OverviewFacts({ repository, image }: { repository: Repository; image: ReadImage }) {
  const { name, latestTag } = repository;
  const { top, shown } = image;
  const maps = [top.annotations, shown.annotations, shown.config?.labels] as const;
  const licence = imageAnnotation('licenses', ...maps);
  const source = imageAnnotation('source', ...maps);
  const { base, usedBy } = shown;
  return (
    <Panel>
      <h2 className="sr-only">Latest tag</h2>
      <Facts
        facts={[
          [
            'Latest',
            latestTag && (
              <Link href={tagHref(name, latestTag)}>
                <code>{latestTag}</code>
              </Link>
            ),
          ],
          [
            'Pushed',
            <>
              <Time at={top.pushedAt} />
              {top.pushedBy && <> by {top.pushedBy}</>}
            </>,
          ],
          ['Size', formatBytes(top.sizeBytes)],
          ['All images', repository.totalBytes > 0 && formatBytes(repository.totalBytes)],
          ['Platforms', repository.platforms.length > 0 && <Platforms platforms={repository.platforms} />],
          [
            'Built on',
            base && (
              <Link href={referenceHref(base.repository, base.tag, base.digest)}>
                {base.repository}
                {base.tag && `:${base.tag}`}
              </Link>
            ),
          ],
          [
            'Used by',
            usedBy.length > 0 && latestTag && (
              <Link href={`${tagHref(name, latestTag)}#used-by`}>{counted(usedBy.length, 'image')}</Link>
            ),
          ],
          ['Licence', licence && <bdi>{licence}</bdi>],
          ['Source', source && <LinkedText text={source} />],
        ]}
      />
    </Panel>
  );
}

function Platforms({ platforms }: { platforms: readonly string[] }) {
  return (
    <span className="flex flex-wrap justify-end gap-1">
      <PlatformChips isShort platforms={platforms} />
    </span>
  );
}
