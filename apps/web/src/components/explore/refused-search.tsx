import { Empty } from '../empty/empty';
import { Link } from '../link/link';

/** A text that is too long to look for, an address that was changed by hand: why, and how to go on. */
export function RefusedSearch({ sentence }: { sentence: string }) {
  return (
    <>
      <h1 className="mb-4">Explore</h1>
      <Empty title="This cannot be searched for">
        <p>{sentence}</p>
        <p>
          <Link href="/explore">See everything</Link>
        </p>
      </Empty>
    </>
  );
}
