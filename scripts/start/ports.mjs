import { connect, createServer } from 'node:net';

/**
 * Why a port cannot be listened on: `EADDRINUSE`, `EACCES`, `EADDRNOTAVAIL` …, or undefined when it can.
 *
 * @param {number} port @param {string} host
 * @returns {Promise<string | undefined>}
 */
export function obstacleToListening(port, host) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error) => resolve('code' in error ? String(error.code) : error.message));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(undefined)));
  });
}

/**
 * Whether somebody answers on a port. macOS lets a program listen on 127.0.0.1:5000 while AirPlay holds
 * [::1]:5000, and `localhost` would then reach the other one: so both are asked.
 *
 * @param {number} port @param {string[]} hosts
 */
export async function isAnswered(port, hosts = ['127.0.0.1', '::1']) {
  const answers = await Promise.all(hosts.map((host) => connects(port, host)));
  return answers.includes(true);
}

/** A port of the loopback interface that nobody listens on at this moment. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/** @param {number} port @param {string} host @returns {Promise<boolean>} */
function connects(port, host) {
  return new Promise((resolve) => {
    const socket = connect({ port, host });
    const settle = (/** @type {boolean} */ isConnected) => {
      socket.destroy();
      resolve(isConnected);
    };
    socket.setTimeout(1000, () => settle(false));
    socket.once('connect', () => settle(true));
    socket.once('error', () => settle(false));
  });
}
