import { Button } from '../button/button';
import { SubmittedOnChange } from '../form/submitted-on-change';
import { SegmentedLinks } from './segmented-links';

/** Up to so many stand side by side; more of them in a list. */
const MOST_BESIDE = 4;

/** Which platform of an index a page is about; `hidden` goes along when one is chosen from the list. */
export function PlatformChoice({
  labels,
  current,
  hrefOf,
  path,
  hidden = {},
}: {
  labels: readonly string[];
  current: string | undefined;
  hrefOf: (label: string) => string;
  path: string;
  hidden?: Readonly<Record<string, string>>;
}) {
  if (labels.length < 2) return null;
  if (labels.length <= MOST_BESIDE) {
    const links = labels.map((label) => ({ label, href: hrefOf(label), isCurrent: label === current }));
    return <SegmentedLinks label="Platform" links={links} />;
  }
  return (
    <SubmittedOnChange action={path} className="flex gap-2" key={current}>
      <select aria-label="Platform" className="field w-auto" defaultValue={current} name="platform">
        {labels.map((label) => (
          <option key={label}>{label}</option>
        ))}
      </select>
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} name={name} type="hidden" value={value} />
      ))}
      <noscript>
        <Button type="submit">Show</Button>
      </noscript>
    </SubmittedOnChange>
  );
}
