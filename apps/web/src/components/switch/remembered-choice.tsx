'use client';

import type { ReactNode } from 'react';

const YEAR_SECONDS = 365 * 24 * 60 * 60;

/** Radio buttons whose choice the browser keeps, so that the next page is made with it. */
export function RememberedChoice({ cookie, children }: { cookie: string; children: ReactNode }) {
  return (
    <div
      className="contents"
      onChange={(event) => {
        if (!(event.target instanceof HTMLInputElement)) return;
        // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing on plain HTTP
        document.cookie = `${cookie}=${event.target.value}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
      }}
    >
      {children}
    </div>
  );
}
