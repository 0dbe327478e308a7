import 'server-only';
import { apiUrl } from '../env';

/** What `/readyz` says; the store and the database are `reachable` or not. */
export interface Readiness {
  readonly isReady: boolean;
  readonly parts: readonly (readonly [name: string, state: string])[];
}

/** Asks the API's own probe, which is outside `/api/v1` and its document. Not ready when nothing answers. */
export async function readReadiness(): Promise<Readiness> {
  try {
    const response = await fetch(new URL('/readyz', apiUrl), { cache: 'no-store' });
    const { status: _, ...parts } = (await response.json()) as Record<string, unknown>;
    return {
      isReady: response.ok,
      parts: Object.entries(parts).map(([name, state]) => [name, String(state)]),
    };
  } catch {
    return { isReady: false, parts: [] };
  }
}
