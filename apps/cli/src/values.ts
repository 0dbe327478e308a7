import { InvalidArgumentError } from 'commander';
import type { z } from 'zod';
import { CommandFailure, exitCodes } from './failure.js';

const SECONDS = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 } as const;
const BYTES = {
  B: 1,
  kB: 1e3,
  MB: 1e6,
  GB: 1e9,
  KiB: 1024,
  MiB: 1024 ** 2,
  GiB: 1024 ** 3,
  TiB: 1024 ** 4,
} as const;

/** `90s`, `15m`, `2h`, `30d`, `4w` in seconds. */
export function parseDuration(text: string): number {
  const [, count, unit] = /^(\d{1,6})([smhdw])$/.exec(text) ?? [];
  if (!count || !unit) throw new InvalidArgumentError('Write it as 90s, 15m, 2h, 30d or 4w.');
  return Number(count) * SECONDS[unit as keyof typeof SECONDS];
}

/** `500kB`, `50MiB`, `2GiB` in bytes; a bare number is bytes. */
export function parseBytes(text: string): number {
  const [, count, unit = 'B'] = /^(\d{1,9}(?:\.\d{1,3})?)(B|[kMG]B|[KMGT]iB)?$/.exec(text) ?? [];
  if (!count) throw new InvalidArgumentError('Write it as 500kB, 50MiB or 2GiB.');
  return Math.round(Number(count) * BYTES[unit as keyof typeof BYTES]);
}

export function shownBytes(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log(bytes) / Math.log(1024)));
  const value = bytes / 1024 ** power;
  return `${power === 0 ? value : value.toFixed(1)} ${units[power]}`;
}

/** Holds what was given to the schema that the API has for it. */
export function valid<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const field = issue?.path.join('.');
  throw new CommandFailure(
    `${field ? `${field}: ` : ''}${issue?.message ?? 'not valid'}.`,
    exitCodes.refused,
  );
}
