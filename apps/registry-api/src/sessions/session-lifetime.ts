const DAY_SECONDS = 24 * 60 * 60;

/** How long somebody stays signed in. */
export const sessionLifetime = {
  /** Without being used. */
  idleSeconds: 30 * DAY_SECONDS,
  /** In all, however much it is used. */
  totalSeconds: 90 * DAY_SECONDS,
  /** The last use is written down once in this time. */
  touchSeconds: 5 * 60,
  /** Of one person; the one unused for longest ends when there would be more. */
  mostPerUser: 100,
} as const;
