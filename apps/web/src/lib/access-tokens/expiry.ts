const SOON_MILLISECONDS = 14 * 24 * 60 * 60 * 1000;

interface Expiring {
  readonly expiresAt: string | null;
}

export function isExpired({ expiresAt }: Expiring, now: Date): boolean {
  return expiresAt !== null && Date.parse(expiresAt) <= now.getTime();
}

/** Within two weeks, or already. */
export function isExpiringSoon({ expiresAt }: Expiring, now: Date): boolean {
  return expiresAt !== null && Date.parse(expiresAt) - now.getTime() < SOON_MILLISECONDS;
}
