'use client';

import type { ReactNode } from 'react';

/** A menu that a button with this id as its `popoverTarget` opens; following a link in it closes it. */
export function MenuPopover({ id, children }: { id: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: what is clicked are the links inside, keys reach them too
    // biome-ignore lint/a11y/useKeyWithClickEvents: Enter on a link is a click
    <div
      className="fixed top-[52px] right-[max(16px,calc(50vw-570px))] left-auto m-0 w-56 rounded-m border border-line-strong bg-panel py-2 text-ink shadow-lg"
      id={id}
      onClick={(event) => {
        if (event.target instanceof Element && event.target.closest('a')) event.currentTarget.hidePopover();
      }}
      popover="auto"
    >
      {children}
    </div>
  );
}
