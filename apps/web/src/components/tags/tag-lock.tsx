import { Lock } from 'lucide';
import type { ImmutableBy } from '@/lib/registry-api/types';
import { Icon } from '../icon/icon';

/** A lock on a tag that cannot change, with the rule that holds it. */
export function TagLock({ by }: { by: ImmutableBy }) {
  const sentence = `Immutable by ${by.pattern}, a rule of the ${by.of}`;
  return (
    <span aria-label={sentence} className="inline-flex text-ink-2" role="img" title={sentence}>
      <Icon node={Lock} size={14} />
    </span>
  );
}
