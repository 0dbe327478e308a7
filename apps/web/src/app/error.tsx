'use client';

import { Button } from '@/components/button/button';
import { Notice } from '@/components/notice/notice';

/** A page that could not be made: mostly because the API, or its database, does not answer. */
export default function PageError({ retry }: { retry: () => void }) {
  return (
    <>
      <title>Not at the moment · Berth</title>
      <h1 className="mb-4">This page cannot be shown at the moment</h1>
      <Notice tone="bad">Berth does not answer, or something went wrong in it. Nothing is lost.</Notice>
      <p className="mt-4">
        <Button onClick={() => retry()}>Try again</Button>
      </p>
    </>
  );
}
