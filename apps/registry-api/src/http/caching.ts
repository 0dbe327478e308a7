import type { Request } from 'express';

/**
 * A public repository can turn private at any time, so shared caches must ask again (`no-cache` with the ETag);
 * private answers are kept by nobody.
 */
export function cacheControl(isPublic: boolean): string {
  return isPublic ? 'no-cache' : 'private, no-store';
}

/** RFC 9110, section 13.1.2: whether If-None-Match names the digest that we would send. */
export function isNotModified(request: Request, digest: string): boolean {
  const header = request.headers['if-none-match'];
  if (header === undefined) return false;
  return header.split(',').some((tag) => ['*', `"${digest}"`, `W/"${digest}"`].includes(tag.trim()));
}

/** RFC 9110, section 13.1.5: the Range header, unless If-Range names other bytes than ours. A date always does. */
export function rangeHeader(request: Request, digest: string): string | undefined {
  const condition = request.headers['if-range'];
  return condition === undefined || condition === `"${digest}"` ? request.headers.range : undefined;
}
