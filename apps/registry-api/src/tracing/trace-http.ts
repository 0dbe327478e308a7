import { IncomingMessage } from 'node:http';
import type { Span } from '@opentelemetry/api';
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http';

/** What is asked every few seconds, and tells nothing. */
const PROBE = /^\/(healthz|readyz|metrics)(\?|$)/;

/**
 * A span for each request and for each call of the store. Calls without a request (checks, jobs) have none, and what
 * is passed on to the web app neither.
 */
export function traceHttp(webUrl: string | undefined): HttpInstrumentation {
  const web = webUrl === undefined ? undefined : new URL(webUrl).host;
  return new HttpInstrumentation({
    ignoreIncomingRequestHook: ({ url }) => PROBE.test(url ?? ''),
    ignoreOutgoingRequestHook: ({ hostname, host, port }) => `${hostname ?? host}:${port}` === web,
    requireParentforOutgoingSpans: true,
    applyCustomAttributesOnSpan: (span, request) => {
      if (request instanceof IncomingMessage) describeRequest(span, request);
    },
  });
}

/** The template of the route stands for the path, unless that is one of the registry: others may hold secrets. */
function describeRequest(span: Span, request: IncomingMessage & { route?: { path?: unknown } }): void {
  const route = typeof request.route?.path === 'string' ? request.route.path : undefined;
  if (route) {
    span.setAttribute('http.route', route);
    span.updateName(`${request.method} ${route}`);
  }
  if (/^\/v2\//.test(request.url ?? '')) return;
  span.setAttribute('url.path', route ?? '…');
  span.setAttribute('url.query', '');
}
