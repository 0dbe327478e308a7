'use client';

import { useEffect, useState } from 'react';
import { buttonStyle } from '../button/button-style';

const SHOWN_MILLISECONDS = 2000;

/** Copies a text, on plain HTTP too, and says so to everybody. */
export function CopyButton({ text, what = 'command' }: { text: string; what?: string }) {
  const [outcome, setOutcome] = useState<'copied' | 'refused'>();
  useEffect(() => {
    if (!outcome) return;
    const timer = setTimeout(() => setOutcome(undefined), SHOWN_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [outcome]);
  const label = outcome === 'copied' ? 'Copied' : outcome === 'refused' ? 'Press Ctrl+C' : 'Copy';
  return (
    <>
      <button
        className={`${buttonStyle({ isSmall: true })} min-w-[62px] shrink-0`}
        onClick={async (event) => setOutcome((await copy(text, event.currentTarget)) ? 'copied' : 'refused')}
        type="button"
      >
        {label}
        <span className="sr-only"> {what}</span>
      </button>
      <span className="sr-only" role="status">
        {outcome === 'copied' && `The ${what} is on the clipboard.`}
      </span>
    </>
  );
}

async function copy(text: string, button: HTMLElement): Promise<boolean> {
  // Browsers offer the clipboard to secure pages only; over plain HTTP a selected field still copies.
  if (!navigator.clipboard) return copySelected(text, button);
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copySelected(text, button);
  }
}

/** The field stands beside the button, so that it works inside a modal dialog as well. */
function copySelected(text: string, button: HTMLElement): boolean {
  const field = document.createElement('textarea');
  field.value = text;
  field.readOnly = true;
  field.className = 'sr-only';
  button.after(field);
  field.select();
  const isCopied = document.execCommand('copy');
  field.remove();
  button.focus();
  return isCopied;
}
