/** How far a backup or a restore has come. */
export interface Progress {
  readonly step: 'blobs' | 'tables';
  readonly done: number;
  /** Undefined where it is not known before the end. */
  readonly total?: number;
  readonly doneBytes?: number;
  readonly totalBytes?: number;
}

export type OnProgress = (progress: Progress) => void;
