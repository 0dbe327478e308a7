'use client';

import NextLink, { useLinkStatus } from 'next/link';
import type { ComponentProps } from 'react';

/** A link inside Berth. It fetches nothing before it is followed, and shows when its page takes its time. */
export function Link({ children, ...attributes }: ComponentProps<typeof NextLink>) {
  return (
    <NextLink prefetch={false} {...attributes}>
      {children}
      <Pending />
    </NextLink>
  );
}

function Pending() {
  return useLinkStatus().pending ? <span aria-hidden="true" className="navigating" /> : null;
}
