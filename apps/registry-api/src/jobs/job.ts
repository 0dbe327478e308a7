/** What a run has to tell: names and numbers, never a secret. */
export type JobFacts = Readonly<
  Record<string, string | number | boolean | null | undefined | readonly string[]>
>;

/** How far a run is; `total` when it knows, in whatever `done` counts. */
export interface JobProgress {
  readonly done: number;
  readonly total?: number;
  readonly bytes?: number;
}

/** One run of a job, as the job itself sees it. */
export interface JobRun {
  /** What it was asked for; `{}` for a scheduled run. */
  readonly input: JobFacts;
  /** Aborted when somebody cancels the run, when another process has taken it over, and at shutdown. */
  readonly signal: AbortSignal;
  /** Costs nothing: the latest is written down about once a second. */
  report(progress: JobProgress): void;
}

/**
 * Work that one replica does for all of them. At most one run of a job is queued or under way at any time.
 *
 * A run can be cut off anywhere, by a crash too, and is then begun again with the same input, perhaps in another
 * process: everything that it does must be right when it is done twice. A run that throws is tried again some times.
 */
export interface Job {
  /** kebab-case; its address in the API. */
  readonly name: string;
  /** What it does, in a few words for admins. */
  readonly title: string;
  /** Cron expression (UTC); undefined: only when asked for. A time that was missed is made up for once. */
  readonly schedule?: string;
  /** Answers what it did. Stops soon after `signal` is aborted, by throwing its reason. */
  run(run: JobRun): Promise<JobFacts>;
}
