export interface WaitingOptions {
  withinSeconds: number;
  isStopping?: () => boolean;
  say?: (line: string) => void;
  pauseSeconds?: number;
}

export function waitingForPart<T>(work: () => Promise<T>, options: WaitingOptions): Promise<T>;
