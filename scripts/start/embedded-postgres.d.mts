/** A Postgres server of this process. */
export interface RunningPostgres {
  /** `postgres://…` of the database `berth` as a superuser, over the loopback interface. */
  url: string;
  port: number;
  /** Where its data, its log (`postgres.log`) and its password are, which may be a place other than asked for. */
  directory: string;
  /** Settles when the server has ended, whoever ended it, with a sentence that says so. */
  exited: Promise<string>;
  /** Ends all sessions, writes everything and stops the server. Calling it again is harmless. */
  stop(): Promise<void>;
}

export interface StartPostgresOptions {
  /**
   * A folder for this server alone; made when missing, kept when stopped. As root the user `postgres` has to be
   * able to enter the folders above it (`mkdtemp` makes one that he cannot: chmod it to 0755), otherwise the
   * data is kept under /var/lib/berth.
   */
  dataDirectory: string;
  /** False skips every fsync, for tests: faster, and lost with the power. Default true. */
  durable?: boolean;
  /** Default 200. */
  maxConnections?: number;
  /** Told in one line when data or binaries are kept in another place. */
  onNotice?: (line: string) => void;
}

/**
 * Starts the real Postgres that npm installed, on a free port of the loopback interface, and answers when it
 * takes connections. A first start makes the cluster (about two seconds). A server that a killed process left
 * behind on the same folder is stopped first. Two live processes must not use one folder: that is the caller's
 * to see to.
 *
 * @throws an error whose message is one clear sentence, when there is no binary for this platform, the data is
 *   of another Postgres major, or the server does not start
 */
export function startPostgres(options: StartPostgresOptions): Promise<RunningPostgres>;
