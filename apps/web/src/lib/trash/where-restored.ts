import 'server-only';
import { readNamespace, rightsIn } from '../namespaces/reading';
import { namespaceTrashHref } from '../repository/links';

/** The page on which the visitor can restore what was deleted from a namespace; undefined for who may not. */
export async function whereRestored(namespace: string): Promise<string | undefined> {
  const { isMaintainer } = await rightsIn(await readNamespace(namespace));
  return isMaintainer ? namespaceTrashHref(namespace) : undefined;
}
