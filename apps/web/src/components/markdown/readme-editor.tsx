'use client';

import {
  type ReactNode,
  useCallback,
  useEffect,
  useRef,
  useState,
  useSyncExternalStore,
  useTransition,
} from 'react';
import { formatBytes } from '@/lib/format/bytes';
import { previewMarkdown } from './preview-action';

/** The API's limit: more than a form may send would be lost on the way. */
const LONGEST_BYTES = 256 * 1024;

/** A field for Markdown with a preview that the server makes, as it will make the page. */
export function ReadmeEditor({ text }: { text: string }) {
  const field = useRef<HTMLTextAreaElement>(null);
  const [preview, setPreview] = useState<ReactNode>();
  const [isPreview, setIsPreview] = useState(false);
  const [isPending, startTransition] = useTransition();
  const [sizeBytes, setSizeBytes] = useState(0);
  const isTooLong = sizeBytes > LONGEST_BYTES;
  const check = useCallback(() => {
    const size = new TextEncoder().encode(field.current?.value).length;
    const sentence = size > LONGEST_BYTES ? tooLong(size) : '';
    field.current?.setCustomValidity(sentence);
    setSizeBytes(size);
  }, []);
  const typed = useTypedBefore('textarea[name=readme]');
  useEffect(() => {
    if (typed !== undefined && field.current) field.current.value = typed;
    check();
  }, [check, typed]);
  const show = () => {
    setIsPreview(true);
    if (isTooLong) {
      setPreview(<p>There is no preview of a README that is too long.</p>);
      return;
    }
    startTransition(async () => {
      const made = await previewMarkdown(field.current?.value ?? '');
      setPreview(made);
    });
  };
  return (
    <div>
      <fieldset className="segment mb-2.5">
        <legend className="sr-only">View</legend>
        <button
          aria-pressed={!isPreview}
          className="segment-item"
          onClick={() => setIsPreview(false)}
          type="button"
        >
          Write
        </button>
        <button aria-pressed={isPreview} className="segment-item" onClick={show} type="button">
          Preview
        </button>
      </fieldset>
      <textarea
        aria-label="README, in Markdown"
        className="field min-h-[260px] font-mono text-md"
        defaultValue={text}
        dir="auto"
        hidden={isPreview}
        name="readme"
        onChange={check}
        onInvalid={() => setIsPreview(false)}
        ref={field}
        rows={14}
      />
      {isPreview && (
        <div aria-busy={isPending} className="min-h-[260px] rounded-m border border-line p-4">
          {isPending ? <div className="skeleton h-24" /> : preview}
        </div>
      )}
      {isTooLong && (
        <p className="mt-1.5 text-md text-bad" role="alert">
          {tooLong(sizeBytes)}
        </p>
      )}
      <p className="mt-1 text-sm text-ink-2">
        Markdown with tables and task lists. Pictures become links; HTML is left out.
      </p>
    </div>
  );
}

/**
 * What somebody typed into a field of the server's page before this code ran: where a textarea had a text, React puts
 * that back as it takes the page over. Undefined on a page that was not made by the server.
 */
function useTypedBefore(selector: string): string | undefined {
  const isServersPage = useSyncExternalStore(
    () => () => {},
    () => false,
    () => true,
  );
  const [typed] = useState(() =>
    isServersPage && typeof document !== 'undefined'
      ? document.querySelector<HTMLTextAreaElement>(selector)?.value
      : undefined,
  );
  return typed;
}

function tooLong(sizeBytes: number): string {
  return `A README has at most ${formatBytes(LONGEST_BYTES)}, and this one ${formatBytes(sizeBytes)}: shorten it.`;
}
