import { imageHref } from '@/lib/image/image-query';
import { PlatformChoice } from '../page/platform-choice';
import type { ViewedImage } from './viewed-image';

/** Which platform of an index the page is about. */
export function PlatformSwitch({ image: { platforms, platform, query, path } }: { image: ViewedImage }) {
  if (!platform) return null;
  return (
    <PlatformChoice
      current={platform.platform.label}
      hidden={query.tab === 'layers' ? {} : { tab: query.tab }}
      hrefOf={(label) => imageHref(path, { ...query, platform: label })}
      labels={platforms.map((entry) => entry.platform.label)}
      path={path}
    />
  );
}
