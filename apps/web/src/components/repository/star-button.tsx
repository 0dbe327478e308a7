import { Star } from 'lucide';
import { setStar } from '@/app/r/[...path]/repository-actions';
import { formatCount } from '@/lib/format/count';
import { whoIsLooking } from '@/lib/registry-api/me';
import type { Repository } from '@/lib/registry-api/types';
import { SubmitButton } from '../form/submit-button';
import { Icon } from '../icon/icon';

/** Stars a repository; visitors see how many stars it has. */
export async function StarButton({ repository }: { repository: Repository }) {
  const { name, isStarred, starCount } = repository;
  if (!(await whoIsLooking()))
    return starCount > 0 ? (
      <span className="inline-flex items-center gap-1.5 text-md text-ink-2">
        <Icon node={Star} size={14} />
        {formatCount(starCount)} <span className="sr-only">stars</span>
      </span>
    ) : null;
  return (
    <form action={setStar.bind(null, name, !isStarred)}>
      <SubmitButton aria-pressed={isStarred} kind="plain">
        <Icon className={isStarred ? 'fill-accent text-accent' : undefined} node={Star} size={15} />
        {isStarred ? 'Starred' : 'Star'}
        <span className="font-normal text-ink-3">{formatCount(starCount)}</span>
      </SubmitButton>
    </form>
  );
}
