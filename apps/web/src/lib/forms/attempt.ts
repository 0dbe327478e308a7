import 'server-only';
import { redirect } from 'next/navigation';
import { signInHref, whoMayBeLooking } from '../registry-api/me';
import { ApiProblem } from '../registry-api/problem';
import type { FormState } from './form-state';

/**
 * Runs what a form asks for. A refusal becomes its sentence; without a session (any more) one signs in first, to whom
 * what is private seems to be gone. Forms `forVisitors` are sent without one.
 */
export async function attempt(
  act: () => Promise<FormState | undefined>,
  { forVisitors = false } = {},
): Promise<FormState> {
  try {
    return (await act()) ?? {};
  } catch (error) {
    if (!(error instanceof ApiProblem)) throw error;
    const hasNoSession = error.status === 404 && !forVisitors && !(await whoMayBeLooking());
    if (error.status === 401 || hasNoSession) redirect(await signInHref());
    return { problem: error.sentence };
  }
}

/** The text of a field; empty when the form has none of that name. */
export function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}

export function textsOf(form: FormData, name: string): string[] {
  return form.getAll(name).filter((value): value is string => typeof value === 'string');
}
