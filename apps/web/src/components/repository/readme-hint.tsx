import { settingsHref } from '@/lib/repository/links';
import { Empty } from '../empty/empty';
import { Link } from '../link/link';

export function ReadmeHint({ name }: { name: string }) {
  return (
    <Empty title="No README yet">
      <p>
        Say what this image is for and how to run it:{' '}
        <Link href={`${settingsHref(name)}#readme`}>write a README</Link>.
      </p>
    </Empty>
  );
}
