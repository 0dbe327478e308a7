import { type TagsQuery, tagListHref } from '@/lib/tags/tags-query';
import { Empty } from '../empty/empty';
import { Link } from '../link/link';

export function NoTagFound({ name, asked }: { name: string; asked: TagsQuery }) {
  return (
    <Empty title={asked.q ? `No tag matches “${asked.q}”` : 'No tags here'}>
      <p>
        <Link href={tagListHref(name, { ...asked, q: '', cursor: undefined })}>See all tags</Link>
      </p>
    </Empty>
  );
}
