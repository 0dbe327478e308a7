/** The events of `GET /api/v1/events`, as their data stands in JSON. */
export interface PushProgress {
  readonly repository: string;
  readonly uploads: readonly UploadProgress[];
}

export interface UploadProgress {
  readonly id: string;
  readonly digest: string | null;
  readonly bytes: number;
  /** Where the client has sent a length. */
  readonly totalBytes: number | null;
  readonly state: string;
}

export interface Pushed {
  readonly repository: string;
  readonly tag: string | null;
  readonly digest: string;
}

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
