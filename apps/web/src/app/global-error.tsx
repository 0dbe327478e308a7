'use client';

import { Button } from '@/components/button/button';
import { Notice } from '@/components/notice/notice';
import './globals.css';

/** When not even the frame of the pages can be made. */
export default function GlobalError({ retry }: { retry: () => void }) {
  return (
    <html lang="en">
      <body>
        <title>Not at the moment · Berth</title>
        <main className="mx-auto max-w-[640px] px-5 py-16">
          <h1 className="mb-4">Berth cannot be shown at the moment</h1>
          <Notice tone="bad">Something went wrong. Nothing is lost.</Notice>
          <p className="mt-4">
            <Button onClick={() => retry()}>Try again</Button>
          </p>
        </main>
      </body>
    </html>
  );
}
