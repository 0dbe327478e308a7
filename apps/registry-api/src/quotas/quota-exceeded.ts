import { QuotaExceeded } from '../errors/domain-errors.js';

const OVER_QUOTA = 'BQ001';

/** What the triggers of `quotas` tell. */
interface OverQuota {
  readonly kind: 'instance' | 'namespace';
  readonly unit: 'bytes' | 'repositories';
  readonly namespace: string | null;
  readonly limit: number;
  readonly used: number;
  readonly needed: number;
}

/** The error of a statement that would have passed a quota; any other as it is. */
export function asQuotaExceeded(error: unknown): unknown {
  const { code, detail } = (error ?? {}) as { code?: string; detail?: string };
  if (code !== OVER_QUOTA || detail === undefined) return error;
  return quotaExceeded(JSON.parse(detail) as OverQuota, error);
}

export function quotaExceeded(over: OverQuota, cause?: unknown): QuotaExceeded {
  const { kind, unit, namespace, limit, used, needed } = over;
  const whose = kind === 'instance' ? 'this Berth' : `the namespace "${namespace}"`;
  const shown = unit === 'bytes' ? shownBytes : (count: number) => `${count} repositories`;
  const sentence = `The quota of ${whose} is ${shown(limit)}: ${shown(used)} are used, and this needs ${shown(needed)} more.`;
  const quota = kind === 'instance' ? 'instance' : `namespace:${namespace}`;
  return new QuotaExceeded(sentence, { quota, unit, limit, used, needed }, { cause });
}

function shownBytes(bytes: number): string {
  const units = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB'];
  const power = bytes < 1024 ? 0 : Math.min(units.length - 1, Math.floor(Math.log(bytes) / Math.log(1024)));
  return `${power === 0 ? bytes : (bytes / 1024 ** power).toFixed(1)} ${units[power]}`;
}
