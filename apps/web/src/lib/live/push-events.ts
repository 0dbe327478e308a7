import type { components } from '../registry-api/api.gen';

/** The data of the events of `GET /api/v1/events`. */
export type PushProgress = components['schemas']['PushProgress'];
export type Pushed = components['schemas']['Pushed'];

/** What a row about a push says. */
export interface PushSummary {
  readonly layers: number;
  readonly finished: number;
  readonly bytes: number;
  /** 0 to 1; unknown while any length is. */
  readonly share?: number;
}

export function summarize({ uploads }: PushProgress): PushSummary {
  const bytes = uploads.reduce((sum, upload) => sum + upload.bytes, 0);
  const total = uploads.reduce((sum, upload) => sum + (upload.totalBytes ?? Number.NaN), 0);
  const finished = uploads.filter(({ state }) => state === 'finished').length;
  return {
    layers: uploads.length,
    finished,
    bytes,
    ...(total > 0 ? { share: Math.min(1, bytes / total) } : {}),
  };
}
