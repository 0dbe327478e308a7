import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface GatewayRequest {
  readonly method: string;
  /** Path with query. */
  readonly path: string;
}

export type Fault =
  /** The server never hears of the request; the client gets this. */
  | { readonly kind: 'answer'; readonly status: number; readonly body: string }
  /** The server does what it was asked, and the connection breaks instead of its answer. */
  | { readonly kind: 'lose-answer' }
  /** The server's answer breaks off after so many bytes of its body. */
  | { readonly kind: 'cut-answer'; readonly afterBytes: number };

/** Hands requests on to a server, writes them down, and breaks those that a test picks. */
export interface FaultyGateway {
  /** `http://127.0.0.1:PORT` */
  readonly endpoint: string;
  /** Every request so far, in order. */
  readonly requests: GatewayRequest[];
  /** What goes wrong with a request; nothing by default. */
  faultOf: (request: GatewayRequest) => Fault | undefined;
  stop(): Promise<void>;
}

/** `target` is an address such as `http://127.0.0.1:9000`. */
export async function startFaultyGateway(target: string): Promise<FaultyGateway> {
  const server = createServer((incoming, outgoing) => {
    const asked = { method: incoming.method ?? 'GET', path: incoming.url ?? '/' };
    gateway.requests.push(asked);
    const fault = gateway.faultOf(asked);
    if (fault?.kind === 'answer') return void refuse(incoming, outgoing, fault);
    const onward = request(new URL(asked.path, target), { method: asked.method, headers: incoming.headers });
    onward.on('response', (answer) => passOn(answer, outgoing, fault));
    onward.on('error', () => outgoing.destroy());
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const gateway: FaultyGateway = {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests: [],
    faultOf: () => undefined,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return gateway;
}

async function refuse(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  { status, body }: { status: number; body: string },
): Promise<void> {
  for await (const _ of incoming); // or the client would still be sending when it is answered
  outgoing.writeHead(status, { 'content-type': 'application/xml' }).end(body);
}

function passOn(answer: IncomingMessage, outgoing: ServerResponse, fault: Fault | undefined): void {
  if (fault?.kind === 'lose-answer') {
    answer.resume().on('end', () => outgoing.destroy());
    return;
  }
  outgoing.writeHead(answer.statusCode ?? 500, answer.rawHeaders);
  if (fault?.kind !== 'cut-answer') {
    answer.pipe(outgoing);
    return;
  }
  let left = fault.afterBytes;
  answer.on('data', (chunk: Buffer) => {
    outgoing.write(chunk.subarray(0, left), () => left <= 0 && outgoing.destroy());
    left -= chunk.length;
    if (left <= 0) answer.destroy();
  });
}
