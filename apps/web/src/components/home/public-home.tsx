import { Search } from 'lucide';
import { Button } from '@/components/button/button';
import { Empty } from '@/components/empty/empty';
import { Icon } from '@/components/icon/icon';
import { Link } from '@/components/link/link';
import { RepositoryCard } from '@/components/repository/repository-list';
import { publicUrl } from '@/lib/env';
import { found, registryApi } from '@/lib/registry-api/client';
import { CommandBox } from '../command/command-box';

/** What a visitor sees: a search, and the public images that changed last. */
export async function PublicHome() {
  const api = await registryApi();
  const { items } = await found(
    api.GET('/api/v1/search', { params: { query: { sort: 'updated', limit: '10' } } }),
  );
  return (
    <div className="mx-auto max-w-[860px]">
      <h1 className="mt-4 text-3xl tracking-[-0.015em]">Images on {publicUrl.host}</h1>
      <p className="mt-1 mb-4 text-ink-2">Find an image, see what is in it, and pull it.</p>
      <form action="/explore" className="flex gap-2">
        <input
          aria-label="What to look for"
          className="field grow"
          name="q"
          placeholder="Name, tag, digest or label"
        />
        <Button className="shrink-0" kind="primary" type="submit">
          <Icon node={Search} />
          Search
        </Button>
      </form>
      <h2 className="mt-8 mb-2.5">Recently updated</h2>
      {items.length > 0 ? (
        <>
          <ul className="rounded-m border border-line bg-panel">
            {items.map((repository) => (
              <RepositoryCard key={repository.name} repository={repository} />
            ))}
          </ul>
          <p className="mt-4">
            <Link href="/explore">Explore all public images</Link>
          </p>
        </>
      ) : (
        <Empty title="No public images yet">
          <p>Images are private unless their owner publishes them. Sign in to see yours, or push one:</p>
          <CommandBox text={`docker login ${publicUrl.host}`} />
        </Empty>
      )}
    </div>
  );
}
