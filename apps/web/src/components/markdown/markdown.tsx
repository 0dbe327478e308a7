import 'server-only';
import Markdown, { type Components } from 'react-markdown';
import rehypeSanitize from 'rehype-sanitize';
import remarkGfm from 'remark-gfm';

/** Markdown that anybody may have written: no HTML, no scripts, and nothing is fetched from elsewhere. */
export function UntrustedMarkdown({ text }: { text: string }) {
  return (
    <div className="prose" dir="auto">
      <Markdown components={components} rehypePlugins={[rehypeSanitize]} remarkPlugins={[remarkGfm]}>
        {text}
      </Markdown>
    </div>
  );
}

/** Headings stand below the page's own; pictures become links, since a page asks no other host for anything. */
const components: Components = {
  h1: ({ children }) => <h3>{children}</h3>,
  h2: ({ children }) => <h4>{children}</h4>,
  h3: ({ children }) => <h5>{children}</h5>,
  h4: ({ children }) => <h6>{children}</h6>,
  h5: ({ children }) => <h6>{children}</h6>,
  h6: ({ children }) => <h6>{children}</h6>,
  a: ({ href, children, id }) => (
    <a href={href} id={id} rel="nofollow noopener noreferrer">
      {children}
    </a>
  ),
  img: ({ src, alt }) =>
    typeof src === 'string' && src !== '' ? (
      <a href={src} rel="nofollow noopener noreferrer">
        {alt || 'picture'}
      </a>
    ) : (
      alt
    ),
  pre: ({ children }) => (
    <pre
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
    >
      {children}
    </pre>
  ),
  input: ({ checked }) => (
    <input aria-label={checked ? 'done' : 'to do'} defaultChecked={checked} disabled type="checkbox" />
  ),
};
