import { Lock } from 'lucide';
import { Chip } from '../chip/chip';
import { Icon } from '../icon/icon';

export function VisibilityChip({ visibility }: { visibility: 'public' | 'private' }) {
  if (visibility === 'public') return <Chip>Public</Chip>;
  return (
    <Chip>
      <Icon node={Lock} size={11} />
      Private
    </Chip>
  );
}
