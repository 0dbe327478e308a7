import 'server-only';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { found, registryApi } from '../registry-api/client';
import { whoIsLooking } from '../registry-api/me';
import type { Namespace } from '../registry-api/types';

/** The namespace of a page; 404 for one of which the visitor sees nothing. */
export const readNamespace = cache(async (namespace: string): Promise<Namespace> => {
  const api = await registryApi();
  return found(api.GET('/api/v1/namespaces/{namespace}', { params: { path: { namespace } } }));
});

/** What the visitor may do to a namespace besides reading it; its maintainers restore what was deleted from it. */
export async function rightsIn(
  namespace: Namespace,
): Promise<{ isMember: boolean; isMaintainer: boolean; isOwner: boolean }> {
  const me = await whoIsLooking();
  const isAdmin = me?.isAdmin ?? false;
  const isOwner = isAdmin || namespace.role === 'owner';
  return {
    isMember: isAdmin || namespace.role !== null,
    isMaintainer: isOwner || namespace.role === 'maintainer',
    isOwner,
  };
}

/** A namespace's page for its owners: for others there is no such page. */
export async function readOwnedNamespace(name: string): Promise<Namespace> {
  const namespace = await readNamespace(name);
  if (!(await rightsIn(namespace)).isOwner) notFound();
  return namespace;
}

/** The same for those who may restore what was deleted from it. */
export async function readMaintainedNamespace(name: string): Promise<Namespace> {
  const namespace = await readNamespace(name);
  if (!(await rightsIn(namespace)).isMaintainer) notFound();
  return namespace;
}
