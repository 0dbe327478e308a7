import { namespaceHref } from '@/lib/repository/links';
import { Link } from '../link/link';

/** `namespace / rest of the name`; a name of one component has no namespace to show. */
export function RepositoryTitle({ name, namespace }: { name: string; namespace: string }) {
  if (!name.startsWith(`${namespace}/`)) return name;
  return (
    <>
      <Link className="font-medium text-ink-2" href={namespaceHref(namespace)}>
        {namespace}
      </Link>
      <span className="mx-1.5 font-normal text-ink-3">/</span>
      {name.slice(namespace.length + 1)}
    </>
  );
}
