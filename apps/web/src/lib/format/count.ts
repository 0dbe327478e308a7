const grouped = new Intl.NumberFormat('en');

/** `12,408`; `1,000+` where the API stops counting. */
export function formatCount(count: number | string): string {
  return typeof count === 'number'
    ? grouped.format(count)
    : count.replace(/\d+/, (all) => grouped.format(Number(all)));
}

/** `1 tag`, `2 tags`, `1,000+ images`. */
export function counted(count: number | string, singular: string, plural = `${singular}s`): string {
  return `${formatCount(count)} ${count === 1 ? singular : plural}`;
}

/** `and 3 more`, when `shown` of `all` stand there already; `and more` where the API told the first `told` only. */
export function further(all: number, shown: number, told: number): string {
  return all >= told ? 'and more' : `and ${formatCount(all - shown)} more`;
}
