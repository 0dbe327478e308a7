import { type ImageTab, imageHref } from '@/lib/image/image-query';
import { Tabs } from '../page/tabs';
import type { ViewedImage } from './viewed-image';

/** The sides of an image that there are. */
export function ImageTabs({ image: { shown, referrers, query, path } }: { image: ViewedImage }) {
  const annotations = Object.keys(shown.annotations).length;
  const tab = (label: string, kind: ImageTab, count?: number) => ({
    label,
    href: imageHref(path, { ...query, tab: kind }),
    isCurrent: kind === query.tab,
    count,
  });
  return (
    <Tabs
      label="Image"
      tabs={[
        tab(shown.kind === 'artifact' ? 'Files' : 'Layers', 'layers', shown.layers.length),
        ...(shown.config ? [tab('Config', 'config')] : []),
        ...(annotations > 0 ? [tab('Annotations', 'annotations', annotations)] : []),
        tab('Referrers', 'referrers', referrers.length),
        tab('Raw', 'raw'),
      ]}
    />
  );
}
