/** `9f2c41…a07e`, for tables; the whole digest stands in the title. */
export function shortDigest(digest: string): string {
  const hex = digest.slice(digest.indexOf(':') + 1);
  return `${hex.slice(0, 6)}…${hex.slice(-4)}`;
}

/** `sha256:9f2c41d0a7…a07e`, for headings. */
export function abridgedDigest(digest: string): string {
  const colon = digest.indexOf(':') + 1;
  return `${digest.slice(0, colon + 10)}…${digest.slice(-4)}`;
}
