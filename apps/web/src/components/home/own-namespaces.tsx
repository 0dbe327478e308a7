import type { Me } from '@/lib/registry-api/types';
import { namespaceHref } from '@/lib/repository/links';
import { Link } from '../link/link';
import { Panel } from '../panel/panel';

const MOST = 12;

/** Where one may push or pull, and as what. */
export function OwnNamespaces({ me }: { me: Me }) {
  return (
    <Panel title="Namespaces">
      <ul className="grid grid-cols-1 gap-1.5 text-[13.5px]">
        {me.namespaces.slice(0, MOST).map(({ name, role }) => (
          <li className="flex justify-between gap-3" key={name}>
            <Link className="min-w-0 break-words" href={namespaceHref(name)}>
              {name}
            </Link>
            <span className="text-ink-3">{role}</span>
          </li>
        ))}
      </ul>
      {me.namespaces.length > MOST && (
        <p className="mt-2 text-sm text-ink-3">and {me.namespaces.length - MOST} more</p>
      )}
    </Panel>
  );
}
