// What this machine could do at most with the client beside it: rows are given as shares of these too.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { until } from '../../scripts/start/conditions.mjs';
import { freePort, isAnswered } from '../../scripts/start/ports.mjs';
import { downloadBytesPerSecond, getsPerSecond } from './load.mjs';

const LOOPBACK_MIB = 1024;

/** Two processes that answer at once from memory: small answers, and a long one from one buffer. */
const bareServer = `
  const cluster = require('node:cluster');
  if (cluster.isPrimary) { cluster.fork(); cluster.fork(); process.on('disconnect', () => process.exit()); }
  else {
    const small = Buffer.alloc(1500, 32), chunk = Buffer.alloc(262144);
    require('node:http').createServer((request, response) => {
      if (request.url === '/small') return response.end(small);
      let left = ${LOOPBACK_MIB} * 4;
      response.setHeader('Content-Length', left * chunk.length);
      const go = () => { while (left-- > 0) if (!response.write(chunk)) return response.once('drain', go); response.end(); };
      go();
    }).listen(Number(process.argv[1]), '127.0.0.1');
  }`;

/** @typedef {{ answers: number, loopback: number, hash: number }} Ceilings requests/s, MB/s, MB/s */

/** @param {number} seconds @returns {Promise<Ceilings>} */
export async function measureCeilings(seconds) {
  const port = await freePort();
  const server = spawn(process.execPath, ['-e', bareServer, String(port)], { stdio: 'ignore' });
  try {
    await until(() => isAnswered(port, ['127.0.0.1']), { withinSeconds: 20 });
    const url = `http://127.0.0.1:${port}`;
    const { perSecond } = await getsPerSecond({ url, paths: ['/small'], headers: {}, seconds });
    const sizeBytes = LOOPBACK_MIB * 1024 * 1024;
    const bytes = await downloadBytesPerSecond({ url, paths: ['/long'], headers: {}, sizeBytes });
    return { answers: perSecond, loopback: bytes / 1e6, hash: hashBytesPerSecond() / 1e6 };
  } finally {
    server.kill();
  }
}

/** SHA-256 of one processor. */
function hashBytesPerSecond() {
  const chunk = Buffer.alloc(1024 * 1024);
  const hash = createHash('sha256');
  const began = performance.now();
  for (let done = 0; done < 512; done++) hash.update(chunk);
  hash.digest();
  return (512 * chunk.length) / ((performance.now() - began) / 1000);
}
