import type { ImmutableBy } from '@/lib/registry-api/types';

export interface DeletableTag {
  readonly tag: string | null;
  readonly aliases: readonly string[];
  /** Then it stays. */
  readonly immutableBy?: ImmutableBy | null;
  /** An index lists the image. */
  readonly isNeededByIndex: boolean;
}

/** Which tags stay on the digests, so that nobody deletes more, or less, than meant. */
export function DeletionSummary({
  tags,
  chosen,
}: {
  tags: readonly DeletableTag[];
  chosen: readonly string[];
}) {
  const affected = tags.filter(({ tag }) => tag !== null && chosen.includes(tag));
  return (
    <>
      <ul className="grid grid-cols-1 gap-1.5">
        {affected.map(({ tag, aliases, immutableBy, isNeededByIndex }) => {
          const staying = aliases.filter((alias) => !chosen.includes(alias));
          return (
            <li key={tag}>
              <code className="font-semibold">{tag}</code>
              {immutableBy ? (
                <>
                  {' stays: it is immutable by '}
                  <code>{immutableBy.pattern}</code>, a rule of the {immutableBy.of}
                </>
              ) : staying.length > 0 ? (
                <>
                  {': the image keeps '}
                  <code>{staying.join(', ')}</code>
                </>
              ) : (
                ': its image is left without a tag'
              )}
              {isNeededByIndex && !immutableBy && (
                <span className="text-warn">. An index needs the image, and keeps it</span>
              )}
            </li>
          );
        })}
      </ul>
      <p className="mt-3 text-ink-2">
        Pulls by these tags fail from then on. You can undo it for ten seconds, and later from the activity
        and the trash of the repository.
      </p>
    </>
  );
}
