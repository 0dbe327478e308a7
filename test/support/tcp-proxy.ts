import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** Passes bytes on to a server, until told to break. */
export interface TcpProxy {
  /** `http://127.0.0.1:PORT` */
  readonly endpoint: string;
  /** Resets every connection, and each new one at once. */
  cut(): void;
  /** Cuts once so many more bytes have gone to the server. */
  cutAfter(bytes: number): void;
  /** Takes connections and bytes, and answers nothing. */
  freeze(): void;
  /** Passes bytes on again. */
  restore(): void;
  stop(): Promise<void>;
}

/** Stands between a client and the server at `target`, an address such as `http://127.0.0.1:9000`. */
export async function startTcpProxy(target: string): Promise<TcpProxy> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  let mode: 'pass' | 'cut' | 'frozen' = 'pass';
  let bytesLeft = Number.POSITIVE_INFINITY;

  const cut = () => {
    mode = 'cut';
    bytesLeft = Number.POSITIVE_INFINITY;
    for (const socket of sockets) socket.resetAndDestroy();
  };
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
  };
  const server = createServer((client) => {
    keep(client);
    if (mode === 'cut') return void client.resetAndDestroy();
    const upstream = connect(Number(port), hostname);
    keep(upstream);
    client.on('data', (bytes) => {
      if (mode === 'frozen') return;
      bytesLeft -= bytes.length;
      if (bytesLeft < 0) return cut();
      if (!upstream.write(bytes)) client.pause();
    });
    upstream.on('drain', () => client.resume());
    upstream.on('data', (bytes) => {
      if (mode === 'frozen') return;
      if (!client.write(bytes)) upstream.pause();
    });
    client.on('drain', () => upstream.resume());
    client.on('close', () => upstream.destroy());
    upstream.on('close', () => client.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut,
    cutAfter: (bytes) => {
      bytesLeft = bytes;
    },
    freeze: () => {
      mode = 'frozen';
    },
    restore: () => {
      mode = 'pass';
      bytesLeft = Number.POSITIVE_INFINITY;
    },
    stop: async () => {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
