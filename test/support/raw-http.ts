import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** An answer as it came over the wire. */
export interface RawAnswer {
  status: number;
  /** By lowercase name; repeated ones joined with a comma. */
  headers: Record<string, string>;
  body: string;
}

/** A connection on which a test writes what no HTTP client would. */
export class RawConnection {
  private received = Buffer.alloc(0);

  private constructor(private readonly socket: Socket) {
    socket.on('data', (chunk) => {
      this.received = Buffer.concat([this.received, chunk]);
    });
    socket.on('error', () => {}); // a reset is an end like any other here
  }

  static async open(url: string): Promise<RawConnection> {
    const { hostname, port } = new URL(url);
    const socket = connect({ host: hostname, port: Number(port), noDelay: true });
    await once(socket, 'connect');
    return new RawConnection(socket);
  }

  /** Writes bytes and waits until they are out of this process. */
  async write(bytes: string | Uint8Array): Promise<void> {
    await new Promise<void>((resolve) => this.socket.write(bytes, () => resolve()));
  }

  /** Writes a request's line and headers; `Host` is added unless given. */
  async writeHead(method: string, target: string, headers: Record<string, string> = {}): Promise<void> {
    const all = { Host: 'localhost', ...headers };
    const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
    await this.write(`${method} ${target} HTTP/1.1\r\n${lines.join('')}\r\n`);
  }

  /** Whether the server has closed it. */
  get isClosed(): boolean {
    return this.socket.closed;
  }

  /** Cuts the connection with a reset, as a crashed client does. */
  cut(): void {
    this.socket.resetAndDestroy();
  }

  /** Ends its side of the connection, as if nothing were left to send. */
  end(): void {
    this.socket.end();
  }

  async closed(): Promise<void> {
    if (!this.socket.closed) await once(this.socket, 'close');
  }

  /** The whole of what came until the server closed; send `Connection: close`. */
  async answer(): Promise<RawAnswer> {
    await this.closed();
    return parse(this.received);
  }
}

/** One request on a connection of its own, and its answer. */
export async function rawRequest(
  url: string,
  method: string,
  target: string,
  headers: Record<string, string> = {},
  body?: string | Uint8Array,
): Promise<RawAnswer> {
  const connection = await RawConnection.open(url);
  await connection.writeHead(method, target, { Connection: 'close', ...headers });
  if (body !== undefined) await connection.write(body);
  return connection.answer();
}

function parse(received: Buffer): RawAnswer {
  const text = received.toString('latin1');
  const end = text.indexOf('\r\n\r\n');
  const [statusLine = '', ...lines] = text.slice(0, end).split('\r\n');
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(statusLine)?.[1]);
  if (end < 0 || Number.isNaN(status))
    throw new Error(`no answer, but: ${JSON.stringify(text.slice(0, 200))}`);
  const headers: Record<string, string> = {};
  for (const line of lines) {
    const colon = line.indexOf(':');
    const [name, value] = [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    headers[name] = name in headers ? `${headers[name]}, ${value}` : value;
  }
  return { status, headers, body: received.subarray(end + 4).toString('utf8') };
}
