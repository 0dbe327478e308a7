import type { SyntheticEvent } from 'react';

/**
 * React empties a form after every action; one that was refused, or has shown something (`data-refused`), keeps what
 * was typed.
 */
export function keepRefused(event: SyntheticEvent<HTMLFormElement>): void {
  if (event.currentTarget.dataset.refused !== undefined) event.preventDefault();
}
