import type { Content, TestManifest } from './images.js';

export interface Credentials {
  username: string;
  password: string;
}

export interface ClientOptions {
  /** Base address, `http://127.0.0.1:5000`. */
  url: string;
  /** None: anonymous. */
  credentials?: Credentials;
  /** `bearer` (default) follows the challenge to the token service; `basic` sends the password itself. */
  scheme?: 'bearer' | 'basic';
}

export interface RegistryRequest {
  headers?: Record<string, string>;
  body?: Uint8Array | string;
}

/** An answer that was not the one the client's method needs. */
export class UnexpectedAnswer extends Error {
  constructor(
    readonly status: number,
    readonly request: string,
    readonly body: string,
  ) {
    super(`${request} answered ${status}: ${body.slice(0, 500)}`);
  }
}

/** A small client of the distribution API that authenticates as the field's clients do. */
export class RegistryClient {
  private readonly tokens = new Map<string, string>();

  constructor(private readonly options: ClientOptions) {}

  /** One request, with a token fetched on a 401's challenge. Any status is returned, none thrown. */
  async request(method: string, path: string, request: RegistryRequest = {}): Promise<Response> {
    const repository = /^\/v2\/(.+?)\/(?:blobs|manifests|tags|referrers)\//.exec(path)?.[1] ?? '';
    const first = await this.send(method, path, request, this.authorization(repository));
    if (first.status !== 401 || this.options.scheme === 'basic') return first;
    const token = await this.fetchToken(first.headers.get('www-authenticate') ?? '');
    if (token === undefined) return first;
    await first.arrayBuffer();
    this.tokens.set(repository, token);
    return this.send(method, path, request, `Bearer ${token}`);
  }

  /** Starts an upload and returns its address, absolute. */
  async startUpload(repository: string, query = ''): Promise<string> {
    const response = await this.expect([202], 'POST', `/v2/${repository}/blobs/uploads/${query}`);
    return this.locationOf(response);
  }

  /** Sends one chunk with its Content-Range and returns the upload's next address. */
  async sendChunk(upload: string, bytes: Uint8Array, offsetBytes: number): Promise<string> {
    const headers = {
      'content-type': 'application/octet-stream',
      'content-range': `${offsetBytes}-${offsetBytes + bytes.length - 1}`,
    };
    const response = await this.expect([202], 'PATCH', this.pathOf(upload), { headers, body: bytes });
    return this.locationOf(response);
  }

  async finishUpload(upload: string, digest: string, lastBytes?: Uint8Array): Promise<void> {
    const address = new URL(upload);
    address.searchParams.set('digest', digest);
    const headers = { 'content-type': 'application/octet-stream' };
    const path = this.pathOf(address.href);
    await this.expect([201], 'PUT', path, { headers, body: lastBytes ?? new Uint8Array() });
  }

  async pushBlob(repository: string, blob: Content): Promise<void> {
    const algorithm = blob.digest.split(':')[0];
    const query = algorithm === 'sha256' ? '' : `?digest-algorithm=${algorithm}`;
    const upload = await this.startUpload(repository, query);
    await this.finishUpload(upload, blob.digest, blob.bytes);
  }

  async hasBlob(repository: string, digest: string): Promise<boolean> {
    const response = await this.expect([200, 404], 'HEAD', `/v2/${repository}/blobs/${digest}`);
    return response.status === 200;
  }

  async pullBlob(repository: string, digest: string): Promise<Buffer> {
    const response = await this.expect([200], 'GET', `/v2/${repository}/blobs/${digest}`);
    return Buffer.from(await response.arrayBuffer());
  }

  /** Pushes the manifest alone; the reference is its own digest when no tag is given. */
  async putManifest(
    repository: string,
    manifest: TestManifest,
    reference = manifest.digest,
  ): Promise<Response> {
    return this.expect([201], 'PUT', `/v2/${repository}/manifests/${reference}`, {
      headers: { 'content-type': manifest.mediaType },
      body: manifest.bytes,
    });
  }

  /** Pushes blobs, children and the manifest itself, in that order. */
  async push(repository: string, manifest: TestManifest, reference = manifest.digest): Promise<void> {
    for (const blob of manifest.blobs) await this.pushBlob(repository, blob);
    for (const child of manifest.children) await this.push(repository, child);
    await this.putManifest(repository, manifest, reference);
  }

  async pullManifest(repository: string, reference: string): Promise<Buffer> {
    const response = await this.expect([200], 'GET', `/v2/${repository}/manifests/${reference}`, {
      headers: { accept: '*/*' },
    });
    return Buffer.from(await response.arrayBuffer());
  }

  async tags(repository: string): Promise<string[]> {
    const response = await this.expect([200], 'GET', `/v2/${repository}/tags/list`);
    const { tags } = (await response.json()) as { tags: string[] };
    return tags;
  }

  /** The request's answer, if its status is one of the expected. Throws `UnexpectedAnswer` otherwise. */
  async expect(
    statuses: number[],
    method: string,
    path: string,
    request: RegistryRequest = {},
  ): Promise<Response> {
    const response = await this.request(method, path, request);
    if (statuses.includes(response.status)) return response;
    throw new UnexpectedAnswer(response.status, `${method} ${path}`, await response.text());
  }

  private send(method: string, path: string, request: RegistryRequest, authorization?: string) {
    const headers = { ...request.headers, ...(authorization ? { authorization } : {}) };
    const body = request.body as RequestInit['body'];
    return fetch(new URL(path, this.options.url), { method, headers, body, redirect: 'follow' });
  }

  private authorization(repository: string): string | undefined {
    if (this.options.scheme === 'basic') return this.basic();
    const token = this.tokens.get(repository);
    return token === undefined ? undefined : `Bearer ${token}`;
  }

  private basic(): string | undefined {
    const { credentials } = this.options;
    if (credentials === undefined) return undefined;
    return `Basic ${Buffer.from(`${credentials.username}:${credentials.password}`).toString('base64')}`;
  }

  private async fetchToken(challenge: string): Promise<string | undefined> {
    if (!/^bearer /i.test(challenge)) return undefined;
    const parameters = Object.fromEntries(
      [...challenge.matchAll(/(\w+)="([^"]*)"/g)].map(([, name, value]) => [name, value]),
    );
    const address = new URL(String(parameters.realm));
    address.searchParams.set('service', String(parameters.service));
    if (parameters.scope) address.searchParams.set('scope', parameters.scope);
    const basic = this.basic();
    // The realm names the public address; the tests reach the same server under this client's own.
    const own = new URL(`${address.pathname}${address.search}`, this.options.url);
    const response = await fetch(own, { headers: basic ? { authorization: basic } : {} });
    if (!response.ok) return undefined;
    return ((await response.json()) as { token: string }).token;
  }

  private locationOf(response: Response): string {
    return new URL(String(response.headers.get('location')), this.options.url).href;
  }

  private pathOf(address: string): string {
    const { pathname, search } = new URL(address);
    return pathname + search;
  }
}
