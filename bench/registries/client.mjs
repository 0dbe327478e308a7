// A client of the distribution API that costs little: the bench shares its processors with what it measures.
import { createHash, randomBytes } from 'node:crypto';
import http from 'node:http';

/**
 * @typedef {object} Answer
 * @property {number} status @property {http.IncomingHttpHeaders} headers @property {Buffer} body
 */

/** @param {Buffer | string} bytes */
export const digestOf = (bytes) => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;

export class Client {
  /** @param {string} url of the registry @param {Record<string, string>} [headers] sent with every request */
  constructor(url, headers = {}) {
    this.url = url;
    this.headers = headers;
    this.agent = new http.Agent({ keepAlive: true, maxSockets: 64 });
  }

  /**
   * @param {string} method @param {string} path or a whole address
   * @param {{ headers?: Record<string, string | number>, body?: Buffer | import('node:stream').Readable, isDropped?: boolean }} [options]
   *   dropped: the answer's bytes are counted and thrown away
   * @returns {Promise<Answer>}
   */
  request(method, path, { headers = {}, body, isDropped = false } = {}) {
    return new Promise((resolve, reject) => {
      const sent = http.request(
        new URL(path, this.url),
        { method, agent: this.agent, headers: { ...this.headers, ...headers } },
        (response) => {
          /** @type {Buffer[]} */
          const chunks = [];
          response.on('data', (chunk) => isDropped || chunks.push(chunk));
          response.once('error', reject);
          response.once('end', () =>
            resolve({
              status: response.statusCode ?? 0,
              headers: response.headers,
              body: Buffer.concat(chunks),
            }),
          );
        },
      );
      sent.once('error', (error) =>
        reject(
          new Error(
            `${method} ${path}: ${error.message}${sent.reusedSocket ? ', on a connection used before' : ''}`,
            { cause: error },
          ),
        ),
      );
      if (body === undefined || Buffer.isBuffer(body)) sent.end(body);
      else body.once('error', reject).pipe(sent);
    });
  }

  /** The same, but any other status than these throws. @param {number[]} statuses @param {Parameters<Client['request']>} request */
  async expect(statuses, ...request) {
    const answer = await this.request(...request);
    if (statuses.includes(answer.status)) return answer;
    throw new Error(
      `${request[0]} ${request[1]} answered ${answer.status}: ${answer.body.toString().slice(0, 300)}`,
    );
  }

  /**
   * In two requests (POST, PUT), as clients push small blobs.
   *
   * @param {string} repository @param {Buffer} bytes @param {string} [digest]
   */
  async pushBlob(repository, bytes, digest = digestOf(bytes)) {
    const started = await this.expect([202], 'POST', `/v2/${repository}/blobs/uploads/`);
    await this.expect([201], 'PUT', withDigest(started, digest), {
      body: bytes,
      headers: { 'Content-Type': 'application/octet-stream', 'Content-Length': bytes.length },
    });
    return digest;
  }

  /**
   * In three requests (POST, PATCH, PUT), as docker pushes a layer.
   *
   * @param {string} repository @param {{ digest: string, sizeBytes: number, open: () => Buffer | import('node:stream').Readable }} layer
   */
  async pushLayer(repository, { digest, sizeBytes, open }) {
    const started = await this.expect([202], 'POST', `/v2/${repository}/blobs/uploads/`);
    const patched = await this.expect([202], 'PATCH', started.headers.location ?? '', {
      body: open(),
      headers: { 'Content-Type': 'application/octet-stream', 'Content-Length': sizeBytes },
    });
    await this.expect([201], 'PUT', withDigest(patched, digest), { headers: { 'Content-Length': 0 } });
  }

  /** @param {string} repository @param {string} reference @param {Buffer} bytes @param {string} [mediaType] */
  async pushManifest(repository, reference, bytes, mediaType = MANIFEST) {
    await this.expect([201], 'PUT', `/v2/${repository}/manifests/${reference}`, {
      body: bytes,
      headers: { 'Content-Type': mediaType, 'Content-Length': bytes.length },
    });
  }
}

export const MANIFEST = 'application/vnd.oci.image.manifest.v1+json';

/** @param {Answer} started @param {string} digest */
function withDigest({ headers }, digest) {
  const location = headers.location ?? '';
  return `${location}${location.includes('?') ? '&' : '?'}digest=${digest}`;
}

/**
 * An image manifest of about this many bytes, unlike any other.
 *
 * @param {{ config: { digest: string, sizeBytes: number }, layers: { digest: string, sizeBytes: number }[], sizeBytes?: number }} parts
 */
export function manifestOf({ config, layers, sizeBytes = 0 }) {
  const descriptor = (
    /** @type {string} */ mediaType,
    /** @type {{ digest: string, sizeBytes: number }} */ of,
  ) => ({
    mediaType,
    digest: of.digest,
    size: of.sizeBytes,
  });
  const manifest = {
    schemaVersion: 2,
    mediaType: MANIFEST,
    config: descriptor('application/vnd.oci.image.config.v1+json', config),
    layers: layers.map((layer) => descriptor('application/vnd.oci.image.layer.v1.tar+gzip', layer)),
    annotations: { 'org.example.build': randomBytes(8).toString('hex') },
  };
  const missing = sizeBytes - Buffer.byteLength(JSON.stringify(manifest));
  if (missing > 40) {
    Object.assign(manifest.annotations, {
      'org.example.padding': randomBytes(Math.ceil(missing / 2))
        .toString('hex')
        .slice(28),
    });
  }
  return Buffer.from(JSON.stringify(manifest));
}

/** @param {number} count @param {number} width @param {(index: number) => Promise<void>} work */
export async function each(count, width, work) {
  let next = 0;
  await Promise.all(
    Array.from({ length: Math.min(width, count) }, async () => {
      while (next < count) await work(next++);
    }),
  );
}
