/** Addresses of pages. Names are safe in a path; tags and digests are encoded. */
export function repositoryHref(name: string): string {
  return `/r/${name}`;
}

export function tagsHref(name: string): string {
  return `/r/${name}/-/tags`;
}

export function tagHref(name: string, tag: string): string {
  return `/r/${name}/-/tags/${encodeURIComponent(tag)}`;
}

export function manifestHref(name: string, digest: string): string {
  return `/r/${name}/-/manifests/${digest}`;
}

/** The page of a tag, or of the manifest when it has none. */
export function referenceHref(name: string, tag: string | null | undefined, digest: string): string {
  return tag ? tagHref(name, tag) : manifestHref(name, digest);
}

export function compareHref(name: string, a: string, b: string, platform?: string): string {
  return withQuery(`/r/${name}/-/compare/${a}...${b}`, { platform });
}

export function activityHref(name: string, tag?: string): string {
  return `/r/${name}/-/activity${tag ? `?tag=${encodeURIComponent(tag)}` : ''}`;
}

export function trashHref(name: string): string {
  return `/r/${name}/-/trash`;
}

export function settingsHref(name: string): string {
  return `/r/${name}/-/settings`;
}

export function namespaceHref(namespace: string): string {
  return `/n/${namespace}`;
}

export function namespaceTrashHref(namespace: string): string {
  return `/n/${namespace}/-/trash`;
}

/** An address with its query changed; undefined takes a parameter away. */
export function withQuery(path: string, query: Readonly<Record<string, string | undefined>>): string {
  const parameters = Object.entries(query).filter((entry): entry is [string, string] => Boolean(entry[1]));
  const text = new URLSearchParams(parameters).toString();
  return text === '' ? path : `${path}?${text}`;
}
