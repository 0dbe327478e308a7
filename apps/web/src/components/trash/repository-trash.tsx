import { notFound } from 'next/navigation';
import { type Query, single } from '@/lib/page-query';
import { found, registryApi } from '@/lib/registry-api/client';
import type { Repository } from '@/lib/registry-api/types';
import { trashHref, withQuery } from '@/lib/repository/links';
import { readRestoration } from '@/lib/trash/restoration';
import { Empty } from '../empty/empty';
import { Pager } from '../page/pager';
import { RepositoryFrame } from '../repository/repository-frame';
import { DeletedTagTable } from './deleted-tag-table';
import { JustRestored } from './just-restored';
import { TrashedManifestTable } from './trashed-manifest-table';

/**
 * What was deleted from a repository and can be restored: tags by who may push, images by who may delete. To others the
 * page does not exist.
 */
export async function RepositoryTrash({ repository, query }: { repository: Repository; query: Query }) {
  const { name, permissions } = repository;
  const mayDelete = permissions.includes('delete');
  if (!mayDelete && !permissions.includes('push')) notFound();
  const [tagCursor, cursor] = [single(query.tags) || undefined, single(query.cursor) || undefined];
  const tags = await listTags(name, tagCursor);
  const manifests = mayDelete ? await listManifests(name, cursor) : { items: [] };
  const restoration = readRestoration(query);
  const isEmpty = tags.items.length === 0 && manifests.items.length === 0;
  const pageHref = (next?: string) => withQuery(trashHref(name), { tags: tagCursor, cursor: next });
  const tagPageHref = (next?: string) => withQuery(trashHref(name), { tags: next, cursor });
  return (
    <RepositoryFrame current="trash" repository={repository}>
      <div className="grid grid-cols-1 gap-6">
        {restoration && <JustRestored name={name} restoration={restoration} />}
        {tags.items.length > 0 && (
          <section>
            <h2 className="mb-2.5">Tags</h2>
            <DeletedTagTable moves={tags.items} name={name} />
            <Pager
              first={tagCursor ? tagPageHref() : undefined}
              next={tags.nextCursor ? tagPageHref(tags.nextCursor) : undefined}
            />
          </section>
        )}
        {manifests.items.length > 0 && (
          <section>
            <h2 className="mb-2.5">Images</h2>
            <TrashedManifestTable manifests={manifests.items} name={name} />
            <Pager
              first={cursor ? pageHref() : undefined}
              next={manifests.nextCursor ? pageHref(manifests.nextCursor) : undefined}
            />
          </section>
        )}
        {isEmpty && (
          <Empty title="Nothing is in trash here">
            <p>
              Tags and images that are deleted, by somebody or by a rule, can be restored from here. After
              some days images are gone for good, and their space is freed.
            </p>
          </Empty>
        )}
      </div>
    </RepositoryFrame>
  );
}

async function listTags(name: string, cursor: string | undefined) {
  const api = await registryApi();
  const query = { deleted: 'true', cursor, limit: '20' } as const;
  return found(api.GET('/api/v1/repositories/{name}/activity', { params: { path: { name }, query } }));
}

async function listManifests(name: string, cursor: string | undefined) {
  const api = await registryApi();
  const query = { cursor, limit: '20' };
  return found(api.GET('/api/v1/repositories/{name}/trash', { params: { path: { name }, query } }));
}
