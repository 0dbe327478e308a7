import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { buttonStyle } from '@/components/button/button-style';
import { LinkButton } from '@/components/button/link-button';
import { Notice } from '@/components/notice/notice';
import { safeNext } from '@/lib/forms/safe-next';
import { visitedPath } from '@/lib/registry-api/request-facts';

export const metadata: Metadata = { title: 'Not at the moment' };

/** What the API answers a visit with whose page could not be made: it is there without scripts too. */
export default async function FailedPage() {
  const path = await visitedPath();
  if (path.startsWith('/-/')) notFound();
  return (
    <>
      <h1 className="mb-4">This page cannot be shown at the moment</h1>
      <Notice tone="bad">Berth does not answer, or something went wrong in it. Nothing is lost.</Notice>
      <p className="mt-4 flex gap-2">
        <a className={buttonStyle({ kind: 'primary' })} href={safeNext(path)}>
          Try again
        </a>
        <LinkButton href="/">Home</LinkButton>
      </p>
    </>
  );
}
