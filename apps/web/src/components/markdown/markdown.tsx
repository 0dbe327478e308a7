import 'server-only';
import type { ReactNode } from 'react';
import Markdown from 'react-markdown';
import rehypeSanitize from 'rehype-sanitize';
import remarkGfm from 'remark-gfm';
import { type BoundedMarkdown, boundMarkdown } from '@/lib/markdown/bounded-markdown';
import { headingLevels } from '@/lib/markdown/heading-levels';
import { markdownComponents } from './markdown-components';

const MOST_KEPT = 20;
/** What was made last, by its text: a README is read far more often than it changes. */
const kept = new Map<string, ReactNode>();

/** Markdown that anybody may have written: no HTML, no scripts, and nothing is fetched from elsewhere. */
export function UntrustedMarkdown({ text }: { text: string }) {
  return (
    <div className="prose" dir="auto">
      {remembered(text)}
    </div>
  );
}

function remembered(text: string): ReactNode {
  const made = kept.get(text) ?? make(boundMarkdown(text));
  kept.delete(text);
  kept.set(text, made);
  const [oldest] = kept.keys();
  if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
  return made;
}

function make({ markdown, plain }: BoundedMarkdown): ReactNode {
  return (
    <>
      {markdown !== '' && parsed(markdown)}
      {plain !== '' && <p className="whitespace-pre-wrap">{plain}</p>}
    </>
  );
}

/** Called as a function, so that a text which is too deep for the parser's stack is shown as it is. */
function parsed(markdown: string): ReactNode {
  try {
    return Markdown({
      children: markdown,
      components: markdownComponents,
      rehypePlugins: [rehypeSanitize, headingLevels],
      remarkPlugins: [remarkGfm],
    });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return <p className="whitespace-pre-wrap">{markdown}</p>;
  }
}
