import { choosablePlatforms, type ImageQuery, readImageQuery } from '@/lib/image/image-query';
import type { Query } from '@/lib/page-query';
import type { ManifestDetail, Repository } from '@/lib/registry-api/types';
import { manifestHref, tagHref } from '@/lib/repository/links';
import { readImage, readPulls } from '@/lib/repository/reading';
import { PullBox } from '../pull/pull-box';
import { PullStatistics } from '../repository/pull-statistics';
import { AnnotationList } from './annotation-list';
import { BasedOn } from './based-on';
import { ConfigView } from './config-view';
import { ImageFacts } from './image-facts';
import { ImageHead } from './image-head';
import { ImageTabs } from './image-tabs';
import { LayerList } from './layer-list';
import { RawManifest } from './raw-manifest';
import { ReferrerList } from './referrer-list';
import { UsedBy } from './used-by';
import type { ViewedImage } from './viewed-image';

/** A tag, or a manifest by its digest: for each platform what it is made of. */
export async function ImagePage({
  repository,
  tag,
  digest,
  query,
}: {
  repository: Repository;
  tag?: string;
  digest?: string;
  query: Query;
}) {
  const image = await viewImage(repository, { tag, digest }, readImageQuery(query));
  const { top, shown } = image;
  return (
    <>
      <ImageHead image={image} />
      <ImageTabs image={image} />
      <div className="columns-aside">
        <div className="grid grid-cols-1 min-w-0 gap-4">
          <TabContent image={image} />
          <UsedBy usedBy={shown.usedBy} />
        </div>
        <aside className="grid grid-cols-1 min-w-0 gap-4">
          <PullBox
            pulled={{
              name: repository.name,
              reference: tag ?? shown.digest,
              artifactKind: top.kind === 'index' ? 'index' : top.artifactKind,
              hasFiles: shown.layers.some(({ title }) => title !== null),
              platform: tag && image.query.platform ? image.platform?.platform.label : undefined,
            }}
          />
          {image.pulls && <PullStatistics {...image.pulls} />}
          <BasedOn image={shown} />
          <ImageFacts image={shown} />
        </aside>
      </div>
    </>
  );
}

async function viewImage(
  repository: Repository,
  reference: { tag?: string; digest?: string },
  query: ImageQuery,
): Promise<ViewedImage> {
  const { tag } = reference;
  const [image, pulls] = await Promise.all([
    readImage(repository.name, reference, query.platform),
    tag ? readPulls(repository.name, tag) : undefined,
  ]);
  const { top, shown } = image;
  return {
    ...image,
    pulls,
    repository,
    tag,
    platforms: choosablePlatforms(top),
    query,
    path: tag ? tagHref(repository.name, tag) : manifestHref(repository.name, top.digest),
    referrers: referrersOf(top, shown),
  };
}

/** Some sign the index, some the image in it; both belong to what one looks at. */
function referrersOf(top: ManifestDetail, shown: ManifestDetail): ManifestDetail['referrers'] {
  const all = [...top.referrers, ...(shown === top ? [] : shown.referrers)];
  return all.filter(({ digest }, index) => all.findIndex((other) => other.digest === digest) === index);
}

function TabContent({ image }: { image: ViewedImage }) {
  const { shown, query, repository } = image;
  if (query.tab === 'config' && shown.config) return <ConfigView config={shown.config} />;
  if (query.tab === 'annotations') return <AnnotationList annotations={shown.annotations} />;
  if (query.tab === 'referrers') return <ReferrerList name={repository.name} referrers={image.referrers} />;
  if (query.tab === 'raw') return <RawManifest image={image} />;
  return <LayerList image={shown} />;
}
