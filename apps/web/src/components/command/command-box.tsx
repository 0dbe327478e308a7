import { clsx } from 'clsx';
import { Fragment, type ReactNode } from 'react';
import { CopyButton } from './copy-button';

/** Something to type or paste elsewhere, with its copy button. */
export function CommandBox({
  text,
  what,
  isPrompt = true,
  isRaised = false,
}: {
  text: string;
  what?: string;
  isPrompt?: boolean;
  /** On a coloured ground. */
  isRaised?: boolean;
}) {
  return (
    <div
      className={clsx(
        'flex items-start gap-2 rounded-m border border-line py-[9px] pr-2 pl-3',
        isRaised ? 'bg-panel' : 'bg-sunk',
      )}
    >
      {isPrompt && (
        <span aria-hidden="true" className="pt-1 font-mono text-md text-ink-3 select-none">
          $
        </span>
      )}
      <code className="min-w-0 grow self-center text-md whitespace-pre-wrap" translate="no">
        {breakable(text)}
      </code>
      <CopyButton text={text} what={what} />
    </div>
  );
}

/** A long name may go on in the next line after a slash, rather than anywhere. */
function breakable(text: string): ReactNode {
  return text.split(/(?<=\w\/)/).map((part, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text have no other name than their place
    <Fragment key={index}>
      {part}
      <wbr />
    </Fragment>
  ));
}
