const MAX_CHARACTERS = 8000;

/** What changes with every build would be noise, and a new document to search at each push. */
const VOLATILE_KEYS = new Set(
  ['created', 'revision', 'version', 'ref.name', 'base.digest'].map(
    (name) => `org.opencontainers.image.${name}`,
  ),
);

/** Keys that the image spec names are in most images: only their values tell something. */
const COMMON_KEYS = /^(org\.opencontainers\.|org\.label-schema\.|com\.docker\.|vnd\.docker\.)/;

const VOLATILE_VALUE = /^(\d{4}-\d{2}-\d{2}T\S*|(sha\d+:)?[0-9a-f]{12,}|\d{6,})$/i;

/** The words of labels and annotations by which people search for an image. */
export function searchTextOf(annotations: Readonly<Record<string, string>>): string {
  const texts = Object.entries(annotations)
    .filter(([key, value]) => !VOLATILE_KEYS.has(key) && !VOLATILE_VALUE.test(value.trim()))
    .map(([key, value]) => (COMMON_KEYS.test(key) ? value : `${key} ${value}`))
    .map((text) => text.replace(/\bhttps?:\/\//g, '').replace(/\s+/g, ' '));
  return [...new Set(texts)].sort().join(' ').slice(0, MAX_CHARACTERS).toWellFormed();
}
