/** Takes LIKE's wildcards by the letter; backslash is Postgres' default escape. */
export function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}
