/** Who did something, as the log keeps it: by names that outlive the principal. */
export interface Actor {
  /** `alice`, `robot+team+ci`, `anonymous`, `system`. */
  readonly name: string;
  /** `password`, `session`, `access token ci`, … */
  readonly credential: string;
  /** The client's address; undefined for what Berth does by itself. */
  readonly address?: string;
}

/** A noun of the API and a verb: `user.create`, `repository.change`. */
export type AuditAction = `${string}.${string}`;

/** What an entry may tell beyond its columns: names and settings, never a secret. */
export type AuditDetails = Readonly<
  Record<string, string | number | boolean | null | undefined | readonly string[]>
>;

export interface AuditEntry {
  readonly actor: Actor;
  readonly action: AuditAction;
  /** Kind and name of what was changed: `user:bob`, `repository:team/app`, `session:17`. */
  readonly object: string;
  /** `done` unless said otherwise. */
  readonly result?: 'done' | 'refused';
  readonly details?: AuditDetails;
}
