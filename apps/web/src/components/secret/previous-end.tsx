import { Time } from '../time/time';

/** Until when the secret before the last rotation counts as well; nothing once it does not. */
export function PreviousEnd({ at }: { at: string | null }) {
  if (!at || Date.parse(at) <= Date.now()) return null;
  return (
    <div className="text-sm text-ink-3">
      the one of before ends <Time at={at} />
    </div>
  );
}
