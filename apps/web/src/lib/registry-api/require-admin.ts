import 'server-only';
import { notFound } from 'next/navigation';
import { whoIsLooking } from './me';

/** Ends a page of the administration with 404 for who is no admin; layouts and pages are made side by side. */
export async function requireAdmin(): Promise<void> {
  if (!(await whoIsLooking())?.isAdmin) notFound();
}
