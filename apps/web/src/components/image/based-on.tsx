import type { ManifestDetail } from '@/lib/registry-api/types';
import { referenceHref } from '@/lib/repository/links';
import { Link } from '../link/link';
import { Panel } from '../panel/panel';

/** The image that this one is built on, where it is here as well. */
export function BasedOn({ image: { base } }: { image: ManifestDetail }) {
  if (!base) return null;
  return (
    <Panel title="Built on">
      <p>
        <Link href={referenceHref(base.repository, base.tag, base.digest)}>
          {base.repository}
          {base.tag && `:${base.tag}`}
        </Link>
      </p>
      <p className="mt-1 text-md text-ink-2">
        {base.layerCount === 1 ? 'The first layer comes' : `The first ${base.layerCount} layers come`} from
        it.
      </p>
    </Panel>
  );
}
