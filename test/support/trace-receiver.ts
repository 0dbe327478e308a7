import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

/** A span as OTLP's JSON has it, its attributes as an object. */
export interface Span {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string;
  readonly name: string;
  /** 2: of a server, 3: of a client (OTLP, `SpanKind`). */
  readonly kind: number;
  readonly attributes: Readonly<Record<string, unknown>>;
  /** Of the service. */
  readonly resource: Readonly<Record<string, unknown>>;
}

interface Attribute {
  readonly key: string;
  readonly value: Readonly<Record<string, unknown>>;
}

interface Traces {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly Attribute[] };
    readonly scopeSpans: readonly {
      readonly spans: readonly (Omit<Span, 'attributes'> & { attributes: Attribute[] })[];
    }[];
  }[];
}

/** Takes traces over OTLP/HTTP in JSON, as a collector does. */
export async function startTraceReceiver() {
  const spans: Span[] = [];
  const server = createServer(async (request, response) => {
    if (request.url === '/v1/traces') spans.push(...(await spansIn(request)));
    response.setHeader('Content-Type', 'application/json').end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    spans: spans as readonly Span[],
    /** What a Berth sends its traces here with. */
    settings: {
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
      OTEL_BSP_SCHEDULE_DELAY: '100',
    },
    stop: () => new Promise((resolve) => server.close(resolve).closeAllConnections()),
  };
}

async function spansIn(request: IncomingMessage): Promise<Span[]> {
  const { resourceSpans } = (await json(request)) as Traces;
  return resourceSpans.flatMap(({ resource, scopeSpans }) =>
    scopeSpans.flatMap(({ spans }) =>
      spans.map((span) => ({
        ...span,
        attributes: asObject(span.attributes),
        resource: asObject(resource.attributes),
      })),
    ),
  );
}

function asObject(attributes: readonly Attribute[]): Record<string, unknown> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));
}
