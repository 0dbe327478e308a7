import type { RepositoryName } from '@berth/oci';
import { ApiNoContentResponse } from '@nestjs/swagger';

/** Describes a deletion that can be taken back: 204, with where in the trash it is. */
export function TrashedResponse(): MethodDecorator {
  return ApiNoContentResponse({
    description: 'Deleted; `POST` to `Location` with `/restore` behind it brings it back.',
    headers: { Location: { description: 'Its entry in the trash.', schema: { type: 'string' } } },
  });
}

export function trashedRepository(id: string): string {
  return `/api/v1/trash/repositories/${id}`;
}

export function trashedNamespace(id: string): string {
  return `/api/v1/trash/namespaces/${id}`;
}

export function trashedManifest(name: RepositoryName, id: string): string {
  return `/api/v1/repositories/${encodeURIComponent(name.shown)}/trash/${id}`;
}
