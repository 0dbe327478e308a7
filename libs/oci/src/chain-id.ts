import { hash } from 'node:crypto';

const DIFF_ID = /^sha256:[a-f0-9]{64}$/;

/**
 * The ChainIDs of an image's layers, lowest first: each names a layer with all that lie under it (image-spec
 * config.md, "Layer ChainID"). Undefined when a diff id is not a sha256 digest.
 */
export function chainIds(diffIds: readonly string[]): string[] | undefined {
  if (!diffIds.every((diffId) => DIFF_ID.test(diffId))) return undefined;
  let chainId: string | undefined;
  return diffIds.map((diffId) => {
    chainId = chainId === undefined ? diffId : `sha256:${hash('sha256', `${chainId} ${diffId}`)}`;
    return chainId;
  });
}
