import type { Components } from 'react-markdown';

/** Pictures become links, since a page asks no other host for anything. */
export const markdownComponents: Components = {
  a: ({ href, children, id }) =>
    href ? (
      <a href={href} id={id} rel="nofollow noopener noreferrer">
        {children}
      </a>
    ) : (
      children
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
  table: ({ children }) => (
    <div
      className="table-scroll"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
    >
      <table>{children}</table>
    </div>
  ),
  input: ({ checked }) => (
    <input aria-label={checked ? 'done' : 'to do'} defaultChecked={checked} disabled type="checkbox" />
  ),
};
