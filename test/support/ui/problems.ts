import type { BrowserContext, ConsoleMessage, Page } from 'playwright-core';

/** What no page may do: complain in the console (its policy's refusals too), throw, ask another server. */
export interface Problems {
  /** All so far, one line each. */
  all(): string[];
  /** Forgets them; answers what they were. */
  clear(): string[];
}

export function recordProblems(context: BrowserContext, origin: string): Problems {
  let found: string[] = [];
  context.on('console', (message) => {
    if (['error', 'warning'].includes(message.type()) && !isStatusOfPage(message)) {
      found.push(`console: ${message.text()} (${message.location().url})`);
    }
  });
  context.on('weberror', (error) => found.push(`thrown: ${error.error().stack ?? error.error().message}`));
  context.on('request', (request) => {
    const { protocol, origin: asked } = new URL(request.url());
    if (protocol.startsWith('http') && asked !== origin) found.push(`outside request: ${request.url()}`);
  });
  return {
    all: () => [...found],
    clear: () => {
      const before = found;
      found = [];
      return before;
    },
  };
}

/** The browser reports an answer of 404 or 503 to the visit itself as an error; a test states the status. */
function isStatusOfPage(message: ConsoleMessage): boolean {
  const page: Page | null = message.page();
  return (
    message.text().startsWith('Failed to load resource') &&
    page !== null &&
    message.location().url === page.url()
  );
}
