// Clients that read or send one byte a second.
import { once } from 'node:events';
import net from 'node:net';
import { each } from '../client.mjs';

const PUSHED_BYTES = 1024 * 1024;

export class SlowClients {
  constructor() {
    /** @type {net.Socket[]} */
    this.sockets = [];
    /** @type {NodeJS.Timeout[]} */
    this.timers = [];
  }

  /** Asks for a blob, and takes one byte of it a second. @param {number} count @param {string} url @param {string} path @param {Record<string, string>} headers */
  async read(count, url, path, headers) {
    await each(count, 32, async () => {
      const socket = await this.#open(url);
      socket.pause();
      socket.write(requestOf('GET', url, path, headers));
      this.timers.push(setInterval(() => socket.read(1), 1000));
    });
  }

  /** Begins uploads, and sends one byte of each a second. @param {number} count @param {import('../client.mjs').Client} client @param {string} repository */
  async push(count, client, repository) {
    await each(count, 8, async () => {
      const started = await client.expect([202], 'POST', `/v2/${repository}/blobs/uploads/`);
      const to = new URL(started.headers.location ?? '', client.url);
      const socket = await this.#open(client.url);
      const length = { 'Content-Length': String(PUSHED_BYTES), 'Content-Type': 'application/octet-stream' };
      socket.write(requestOf('PATCH', client.url, to.pathname + to.search, { ...client.headers, ...length }));
      this.timers.push(setInterval(() => socket.write('x'), 1000));
    });
  }

  stop() {
    for (const timer of this.timers) clearInterval(timer);
    for (const socket of this.sockets) socket.destroy();
  }

  /** @param {string} url */
  async #open(url) {
    const { hostname, port } = new URL(url);
    const socket = net.connect(Number(port), hostname);
    this.sockets.push(socket);
    await once(socket, 'connect');
    socket.on('error', () => {}); // cut off by the server
    return socket;
  }
}

/** @param {string} method @param {string} url @param {string} path @param {Record<string, string>} headers */
function requestOf(method, url, path, headers) {
  const lines = Object.entries({ Host: new URL(url).host, ...headers });
  return `${method} ${path} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`;
}
