// What makes requests: programs that cost the machine less than what they measure.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { run } from '../../scripts/start/run.mjs';

export const CONNECTIONS = 32;

/**
 * @typedef {object} GetLoad
 * @property {string} url @property {string[]} paths @property {Record<string, string>} headers
 * @property {number} seconds @property {number} [connections]
 * @property {number} [pauseMilliseconds] that each connection waits before it asks again
 */

/** @typedef {{ perSecond: number, p50: number, p95: number, p99: number }} Rate and milliseconds until the answer */

/**
 * GETs of these paths, each connection in an order of its own, by wrk.
 *
 * @param {GetLoad} load
 * @returns {Promise<Rate>} throws when an answer is no success
 */
export async function getsPerSecond({
  url,
  paths,
  headers,
  seconds,
  connections = CONNECTIONS,
  pauseMilliseconds = 0,
}) {
  const directory = mkdtempSync(path.join(tmpdir(), 'berth-wrk-'));
  try {
    const list = path.join(directory, 'paths.txt');
    const script = path.join(directory, 'load.lua');
    writeFileSync(list, paths.join('\n'));
    writeFileSync(script, scriptOf(list, headers, pauseMilliseconds));
    const threads = Math.min(2, connections);
    const { isSuccess, output } = await run('wrk', [
      ...['-t', String(threads), '-c', String(connections), '-d', `${seconds}s`, '--timeout', '30s'],
      ...['-s', script, url],
    ]);
    const found = /^result (.+)$/m.exec(output)?.[1]?.split(' ').map(Number);
    if (!isSuccess || !found) throw new Error(`wrk failed:\n${output}`);
    const [perSecond = 0, p50 = 0, p95 = 0, p99 = 0, failed = 0] = found;
    if (perSecond === 0) throw new Error(`no request was answered in ${seconds} s:\n${output}`);
    if (failed > 0) throw new Error(`${failed} requests failed:\n${output}`);
    return { perSecond, p50: p50 / 1000, p95: p95 / 1000, p99: p99 / 1000 };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** @param {string} list file of paths @param {Record<string, string>} headers @param {number} pauseMilliseconds */
function scriptOf(list, headers, pauseMilliseconds) {
  const lines = Object.entries(headers).map(
    ([name, value]) => `wrk.headers[${JSON.stringify(name)}] = ${JSON.stringify(value)}`,
  );
  return `
${lines.join('\n')}
local requests, count, threads = {}, 0, 0
function setup(thread) thread:set("number", threads); threads = threads + 1 end
function init()
  math.randomseed(number + 1)
  for path in io.lines(${JSON.stringify(list)}) do
    count = count + 1
    requests[count] = wrk.format("GET", path)
  end
end
function request() return requests[count == 1 and 1 or math.random(count)] end
${pauseMilliseconds > 0 ? `function delay() return ${pauseMilliseconds} end` : ''}
function done(summary, latency)
  local errors = summary.errors
  local failed = errors.connect + errors.read + errors.write + errors.status + errors.timeout
  print(string.format("result %f %d %d %d %d", summary.requests / summary.duration * 1e6,
    latency:percentile(50), latency:percentile(95), latency:percentile(99), failed))
end
`;
}

/**
 * HEADs of these paths: wrk waits for the bodies that their answers announce.
 *
 * @param {{ url: string, paths: string[], headers: Record<string, string>, seconds: number }} load
 * @returns {Promise<number>} answers a second
 */
export async function headsPerSecond({ url, paths, headers, seconds }) {
  const { hostname, port, host } = new URL(url);
  const lines = Object.entries({ Host: host, ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
  const requests = paths.map((each) => Buffer.from(`HEAD ${each} HTTP/1.1\r\n${lines.join('')}\r\n`));
  let answers = 0;
  let isOver = false;
  const began = performance.now();
  await Promise.all(
    Array.from(
      { length: CONNECTIONS },
      () =>
        new Promise((resolve, reject) => {
          const socket = net.connect(Number(port), hostname);
          const send = () => socket.write(requests[Math.floor(Math.random() * requests.length)] ?? '');
          socket.once('connect', send).once('error', reject).once('close', resolve);
          socket.on('data', (head) => {
            if (head.indexOf('HTTP/1.1 200') !== 0) {
              socket.destroy(new Error(`answered ${head.toString().slice(0, 200)}`));
              return;
            }
            if (!head.subarray(-4).equals(END)) return;
            answers += 1;
            if (isOver) socket.end();
            else send();
          });
          setTimeout(() => (isOver = true), seconds * 1000);
        }),
    ),
  );
  return answers / ((performance.now() - began) / 1000);
}

const END = Buffer.from('\r\n\r\n');

/**
 * Whole downloads by curl, side by side.
 *
 * @param {{ url: string, paths: string[], headers: Record<string, string>, sizeBytes: number }} load
 * @returns {Promise<number>} bytes a second
 */
export async function downloadBytesPerSecond({ url, paths, headers, sizeBytes }) {
  const given = Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`]);
  const began = performance.now();
  const received = await Promise.all(
    paths.map(async (each) => {
      const args = ['-sSf', ...given, '-o', '/dev/null', '-w', '%{size_download}', url + each];
      const { isSuccess, output } = await run('curl', args);
      if (!isSuccess || Number(output) !== sizeBytes) throw new Error(`curl of ${each}: ${output}`);
      return Number(output);
    }),
  );
  return received.reduce((sum, bytes) => sum + bytes, 0) / ((performance.now() - began) / 1000);
}

/**
 * Whole uploads of a file by curl (POST, PATCH with the bytes, PUT), side by side.
 *
 * @param {{ client: import('./client.mjs').Client, repository: string, files: { path: string, digest: string, sizeBytes: number }[] }} load
 * @returns {Promise<number>} bytes a second
 */
export async function uploadBytesPerSecond({ client, repository, files }) {
  const given = Object.entries(client.headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`]);
  const began = performance.now();
  await Promise.all(
    files.map(async (file) => {
      const started = await client.expect([202], 'POST', `/v2/${repository}/blobs/uploads/`);
      const to = new URL(started.headers.location ?? '', client.url).href;
      const location = await patchByCurl(to, file.path, given);
      const whole = new URL(location, client.url);
      whole.searchParams.set('digest', file.digest);
      await client.expect([201], 'PUT', whole.href, { headers: { 'Content-Length': 0 } });
    }),
  );
  const bytes = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  return bytes / ((performance.now() - began) / 1000);
}

/** @param {string} to @param {string} file @param {string[]} headers @returns {Promise<string>} where the upload goes on */
function patchByCurl(to, file, headers) {
  return new Promise((resolve, reject) => {
    const child = spawn('curl', [
      ...['-sS', '-X', 'PATCH', '-T', file, '-H', 'Content-Type: application/octet-stream', '-H', 'Expect:'],
      ...[...headers, '-o', '/dev/null', '-w', '%{http_code} %header{location}', to],
    ]);
    let output = '';
    child.stdout.on('data', (text) => (output += text));
    child.stderr.on('data', (text) => (output += text));
    child.once('error', reject);
    child.once('close', () => {
      const [status, location] = output.split(' ');
      if (status === '202' && location) resolve(location);
      else reject(new Error(`PATCH answered ${output}`));
    });
  });
}
