import { Chip } from '../chip/chip';
import { Time } from '../time/time';

/** When a tag ends by itself. */
export function TagEnd({ at }: { at: string }) {
  const isOver = Date.parse(at) <= Date.now();
  return (
    <Chip tone="warn">
      <span className="whitespace-nowrap">
        {isOver ? (
          'expires now'
        ) : (
          <>
            expires <Time at={at} />
          </>
        )}
      </span>
    </Chip>
  );
}
