'use client';

import { useRouter } from 'next/navigation';
import { type ReactNode, useTransition } from 'react';

/** A search form that is sent when a box is ticked or an entry chosen, and keeps the page when it is sent. Plain without script. */
export function SubmittedOnChange({
  action,
  className,
  children,
}: {
  action: string;
  className?: string;
  children: ReactNode;
}) {
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  return (
    <form
      action={action}
      className={className}
      onChange={(event) => {
        if (isChoice(event.target)) event.currentTarget.requestSubmit();
      }}
      onSubmit={(event) => {
        event.preventDefault();
        const fields = [...new FormData(event.currentTarget)].filter(([, value]) => value !== '');
        const query = new URLSearchParams(fields as [string, string][]).toString();
        startTransition(() => router.push(query === '' ? action : `${action}?${query}`));
      }}
    >
      {children}
      {isPending && <span aria-hidden="true" className="navigating" />}
    </form>
  );
}

function isChoice(target: EventTarget): boolean {
  return (
    target instanceof HTMLSelectElement || (target instanceof HTMLInputElement && target.type === 'checkbox')
  );
}
