import { formatBytes } from '@/lib/format/bytes';
import { counted } from '@/lib/format/count';
import { exactBytes } from '@/lib/format/read-bytes';
import type { Usage } from '@/lib/registry-api/types';
import { Chip } from '../chip/chip';

/** Both beside each other. */
export function UseOfQuota({ whose, usage }: { whose: string; usage: Usage }) {
  return (
    <div className="grid grid-cols-1 gap-x-6 gap-y-3 sm:grid-cols-2">
      <div>
        <h3 className="mb-0.5 text-ink-2">Blobs</h3>
        <UseOfBytes usage={usage} whose={whose} />
      </div>
      <div>
        <h3 className="mb-0.5 text-ink-2">Repositories</h3>
        <UseOfRepositories usage={usage} whose={whose} />
      </div>
    </div>
  );
}

/** Bytes that an owner has of those it may have, with a bar where there is a limit. */
export function UseOfBytes({ whose, usage: { usedBytes, maxBytes } }: { whose: string; usage: Usage }) {
  const limit = maxBytes === null ? null : exactBytes(maxBytes);
  return (
    <UseOfLimit
      label={`What ${whose} has of its bytes`}
      limit={maxBytes}
      text={limit === null ? formatBytes(usedBytes) : `${formatBytes(usedBytes)} of ${limit}`}
      used={usedBytes}
    />
  );
}

export function UseOfRepositories({
  whose,
  usage: { usedRepositories, maxRepositories },
}: {
  whose: string;
  usage: Usage;
}) {
  return (
    <UseOfLimit
      label={`What ${whose} has of its repositories`}
      limit={maxRepositories}
      text={
        maxRepositories === null
          ? counted(usedRepositories, 'repository', 'repositories')
          : `${usedRepositories} of ${counted(maxRepositories, 'repository', 'repositories')}`
      }
      used={usedRepositories}
    />
  );
}

const NEARLY = 0.9;

function UseOfLimit({
  label,
  text,
  used,
  limit,
}: {
  label: string;
  text: string;
  used: number;
  limit: number | null;
}) {
  if (limit === null) return <span className="whitespace-nowrap">{text}</span>;
  return (
    <div className="grid grid-cols-1 gap-1.5">
      <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <span className="whitespace-nowrap">{text}</span>
        {used >= limit ? (
          <Chip tone="bad">full</Chip>
        ) : (
          used >= limit * NEARLY && <Chip tone="warn">nearly full</Chip>
        )}
      </span>
      <progress
        aria-label={label}
        className="progress"
        max={Math.max(limit, 1)}
        value={limit === 0 ? 1 : used}
      />
    </div>
  );
}
