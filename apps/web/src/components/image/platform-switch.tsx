import { imageHref } from '@/lib/image/image-query';
import { Button } from '../button/button';
import { SubmittedOnChange } from '../form/submitted-on-change';
import { SegmentedLinks } from '../page/segmented-links';
import type { ViewedImage } from './viewed-image';

/** Up to so many platforms stand side by side; more of them in a list. */
const MOST_BESIDE = 4;

/** Which platform of an index the page is about. */
export function PlatformSwitch({ image: { platforms, platform, query, path } }: { image: ViewedImage }) {
  if (platforms.length < 2 || !platform) return null;
  const labels = platforms.map((entry) => entry.platform.label);
  const current = platform.platform.label;
  if (labels.length <= MOST_BESIDE) {
    const links = labels.map((label) => ({
      label,
      href: imageHref(path, { ...query, platform: label }),
      isCurrent: label === current,
    }));
    return <SegmentedLinks label="Platform" links={links} />;
  }
  return (
    <SubmittedOnChange action={path} className="flex gap-2" key={current}>
      <select aria-label="Platform" className="field w-auto" defaultValue={current} name="platform">
        {labels.map((label) => (
          <option key={label}>{label}</option>
        ))}
      </select>
      {query.tab !== 'layers' && <input name="tab" type="hidden" value={query.tab} />}
      <noscript>
        <Button type="submit">Show</Button>
      </noscript>
    </SubmittedOnChange>
  );
}
