import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface RecordedRequest {
  method: string;
  /** Path with query. */
  path: string;
  status: number;
  /** Size of the request's body in bytes. */
  sentBytes: number;
  /** Which of the targets answered. */
  target: string;
}

/** A gateway that writes down what passes, so that a test can tell what a client really sent. */
export interface RecordingProxy {
  port: number;
  url: string;
  /** Each finished request, in the order of the answers. */
  requests: RecordedRequest[];
  /** Where requests go, in turn; may be changed at any time. */
  targets: string[];
  /** Called for each piece of a request's body that passes, with the size of the body so far. */
  onBodyPiece: (method: string, path: string, sentBytes: number) => void;
  close(): Promise<void>;
}

/** Starts a gateway on a free port that hands requests to its targets in turn, without sticky sessions. */
export async function startRecordingProxy(): Promise<RecordingProxy> {
  const agent = new Agent({ keepAlive: true });
  let turn = 0;
  const proxy: RecordingProxy = {
    port: 0,
    url: '',
    requests: [],
    targets: [],
    onBodyPiece: () => {},
    close: async () => {
      agent.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  const server = createServer((incoming, outgoing) => {
    const target = proxy.targets[turn++ % proxy.targets.length];
    if (target === undefined) throw new Error('the proxy has no target yet');
    forward(incoming, outgoing, { agent, target, proxy });
  });
  server.requestTimeout = 0;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  proxy.port = port;
  proxy.url = `http://127.0.0.1:${port}`;
  return proxy;
}

interface Route {
  agent: Agent;
  target: string;
  proxy: RecordingProxy;
}

function forward(incoming: IncomingMessage, outgoing: ServerResponse, route: Route): void {
  const { method = 'GET', url: path = '/', headers } = incoming;
  let sentBytes = 0;
  incoming.on('data', (chunk: Buffer) => {
    sentBytes += chunk.length;
    route.proxy.onBodyPiece(method, path, sentBytes);
  });
  const onward = request(new URL(path, route.target), { method, headers, agent: route.agent }, (answer) => {
    route.proxy.requests.push({ method, path, status: answer.statusCode!, sentBytes, target: route.target });
    outgoing.writeHead(answer.statusCode!, answer.rawHeaders);
    answer.pipe(outgoing);
    answer.on('error', () => outgoing.destroy());
  });
  onward.on('error', () => outgoing.destroy()); // the client sees a cut connection, as behind any gateway
  incoming.on('error', () => onward.destroy());
  outgoing.on('close', () => onward.destroy());
  incoming.pipe(onward);
}
