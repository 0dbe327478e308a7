'use client';

import { type ReactNode, type Ref, useId } from 'react';
import { buttonStyle } from '../button/button-style';

/** A question before something that matters. Escape and Cancel change nothing. */
export function Dialog({
  ref,
  title,
  confirm,
  dismiss = 'Cancel',
  children,
}: {
  ref: Ref<HTMLDialogElement>;
  title: string;
  /** Stands beside Cancel; without it the content has its own button. */
  confirm?: ReactNode;
  /** What leads away from it. */
  dismiss?: string;
  children: ReactNode;
}) {
  const titleId = useId();
  return (
    <dialog
      aria-labelledby={titleId}
      className="w-[min(520px,calc(100vw-32px))] rounded-m border border-line-strong bg-panel p-5"
      ref={ref}
    >
      <h2 className="mb-3 text-xl" id={titleId}>
        {title}
      </h2>
      {children}
      <div className="mt-5 flex flex-wrap justify-end gap-2">
        <button
          className={buttonStyle()}
          onClick={(event) => event.currentTarget.closest('dialog')?.close()}
          type="button"
        >
          {dismiss}
        </button>
        {confirm}
      </div>
    </dialog>
  );
}
