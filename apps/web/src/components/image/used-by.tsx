import type { ManifestDetail } from '@/lib/registry-api/types';
import { referenceHref } from '@/lib/repository/links';
import { Link } from '../link/link';
import { Panel } from '../panel/panel';

const MOST = 50;

/** Images here that are built on this one: what a new version of it touches. */
export function UsedBy({ usedBy }: { usedBy: ManifestDetail['usedBy'] }) {
  if (usedBy.length === 0) return null;
  return (
    <div id="used-by">
      <Panel title="Used by">
        <ul className="grid grid-cols-1 gap-1.5">
          {usedBy.slice(0, MOST).map(({ repository, tag, digest }) => (
            <li key={`${repository} ${tag} ${digest}`}>
              <Link href={referenceHref(repository, tag, digest)}>
                {repository}
                {tag && `:${tag}`}
              </Link>
            </li>
          ))}
        </ul>
        {usedBy.length > MOST && <p className="mt-2 text-md text-ink-3">and {usedBy.length - MOST} more</p>}
      </Panel>
    </div>
  );
}
