const UNITS: readonly (readonly [unit: string, bytes: number])[] = [
  ['TiB', 1024 ** 4],
  ['TB', 1e12],
  ['GiB', 1024 ** 3],
  ['GB', 1e9],
  ['MiB', 1024 ** 2],
  ['MB', 1e6],
  ['KiB', 1024],
  ['KB', 1e3],
  ['B', 1],
];

/** Bytes of `10 GB`, `1.5TiB` or `2000`; undefined for what is none. */
export function readBytes(text: string): number | undefined {
  const [, count, unit = 'B'] = /^(\d{1,15}(?:[.,]\d{1,3})?)\s*([a-z]*)$/i.exec(text.trim()) ?? [];
  const factor = UNITS.find(([name]) => name.toLowerCase() === (unit === '' ? 'b' : unit.toLowerCase()))?.[1];
  if (count === undefined || factor === undefined) return undefined;
  const bytes = Math.round(Number(count.replace(',', '.')) * factor);
  return Number.isSafeInteger(bytes) ? bytes : undefined;
}

/** `10 GiB`, `1500 MB`: the largest unit in which it is a whole number, so that it is read back as it was. */
export function exactBytes(bytes: number): string {
  const [unit, factor] = UNITS.find(([, size]) => bytes >= size && bytes % size === 0) ?? ['B', 1];
  return `${bytes / factor} ${unit}`;
}
