import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../support/app.js';

const secret = 'a secret between the API and the web app';

describe('pages behind the one address', () => {
  let web: Server;
  let app: TestApp;
  const seen: IncomingMessage[] = [];
  let answer: (request: IncomingMessage, response: ServerResponse) => void;

  beforeAll(async () => {
    web = createServer((incoming, response) => {
      seen.push(incoming);
      answer(incoming, response);
    });
    await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
    const { port } = web.address() as AddressInfo;
    app = await startApp({
      env: { BERTH_WEB_URL: `http://127.0.0.1:${port}`, BERTH_INTERNAL_SECRET: secret },
    });
  });

  afterAll(async () => {
    await app.close();
    web.closeAllConnections();
    web.close();
  });

  it('passes method, path, query, Host and body on as they are', async () => {
    let body = '';
    answer = (incoming, response) => {
      incoming.on('data', (chunk) => {
        body += chunk;
      });
      incoming.on('end', () => response.end('done'));
    };
    const page = await request(app.url)
      .post('/r/team/app/-/tags?q=1')
      .set('Host', 'berth.example')
      .send('a=b');
    expect(page.text).toBe('done');
    const last = seen.at(-1)!;
    expect(last.method).toBe('POST');
    expect(last.url).toBe('/r/team/app/-/tags?q=1');
    expect(last.headers.host).toBe('berth.example');
    expect(body).toBe('a=b');
  });

  it('tells the web app under the secret who asks, whatever the client claims', async () => {
    answer = (_incoming, response) => response.end();
    await request(app.url).get('/').set('X-Berth-Internal', 'guess').set('X-Berth-Client-Address', '6.6.6.6');
    expect(seen.at(-1)!.headers['x-berth-internal']).toBe(secret);
    expect(seen.at(-1)!.headers['x-berth-client-address']).toMatch(/127\.0\.0\.1$/);
  });

  it('asks again for what met a connection that was just being closed, and sends nothing twice', async () => {
    answer = (_incoming, response) => response.end('page');
    await request(app.url).get('/chunk.js');
    const before = seen.length;
    answer = (incoming, response) => {
      if (seen.length === before + 1) incoming.socket.destroy();
      else response.end('page');
    };
    const read = await request(app.url).get('/chunk.js');
    expect([read.status, read.text, seen.length - before]).toEqual([200, 'page', 2]);
    await request(app.url).get('/chunk.js');
    answer = (incoming) => incoming.socket.destroy();
    const action = await request(app.url).post('/chunk.js').send('a=b');
    expect([action.status, seen.length - before]).toEqual([503, 4]);
  });

  it('asks again for the page of what is absent, too', async () => {
    const held: ServerResponse[] = [];
    answer = (_incoming, response) => {
      if (held.push(response) === 2) for (const each of held) each.end('page');
    };
    await Promise.all([request(app.url).get('/one.js'), request(app.url).get('/two.js')]); // two idle connections
    const asked: string[] = [];
    answer = (incoming, response) => {
      asked.push(incoming.url!);
      if (asked.length === 2) incoming.socket.destroy();
      else response.writeHead(404, { 'Content-Type': 'text/html' }).end('absent');
    };
    const page = await request(app.url).get('/r/no/such');
    expect([page.status, page.text]).toEqual([404, 'absent']);
    expect(asked).toEqual(['/r/no/such', '/-/absent', '/-/absent']);
  });

  it('keeps a 404 a 404, with its headers', async () => {
    answer = (_incoming, response) => response.writeHead(404, { 'X-Page': 'yes' }).end('no such page');
    const page = await request(app.url).get('/r/no/such');
    expect([page.status, page.text, page.headers['x-page']]).toEqual([404, 'no such page', 'yes']);
  });

  it('shows one page for everything that is absent, and tells it what was visited', async () => {
    const html = { 'Content-Type': 'text/html; charset=utf-8' };
    answer = ({ url }, response) =>
      response.writeHead(404, html).end(url === '/-/absent' ? 'the page' : `no ${url}`);
    const page = await request(app.url).get('/r/no/such?a=b').set('X-Berth-Visited-Path', '/forged');
    expect([page.status, page.text]).toEqual([404, 'the page']);
    expect(seen.at(-1)!.headers['x-berth-visited-path']).toBe('/r/no/such?a=b');
    const data = await request(app.url)
      .get('/r/no/such')
      .set('RSC', '1')
      .set('X-Berth-Visited-Path', '/forged');
    expect(data.text).toBe('no /r/no/such');
    expect(seen.at(-1)!.headers['x-berth-visited-path']).toBeUndefined();
  });

  it('shows a page of its own where one could not be made, and a plain one where not even that can be', async () => {
    const html = { 'Content-Type': 'text/html; charset=utf-8' };
    let status = 200;
    answer = ({ url }, response) =>
      response.writeHead(url === '/-/failed' ? status : 500, html).end(url === '/-/failed' ? 'failed' : '');
    const page = await request(app.url).get('/r/team/app?a=b');
    expect([page.status, page.text]).toEqual([500, 'failed']);
    expect(seen.at(-1)!.headers['x-berth-visited-path']).toBe('/r/team/app?a=b');
    const data = await request(app.url).get('/r/team/app').set('RSC', '1');
    expect([data.status, data.text]).toEqual([500, '']);
    status = 500;
    const plain = await request(app.url).get('/r/team/app');
    expect(plain.status).toBe(500);
    expect(plain.text).toContain('This page cannot be shown at the moment');
    expect(plain.text).toContain('Try again');
    expect(plain.headers['cache-control']).toBe('no-store');
  });

  it('hands a page on in one piece, and of a long one the beginning', async () => {
    const pieces = Array.from({ length: 40 }, (_, number) => String(number % 10).repeat(2000));
    const [few, many] = [pieces.slice(0, 20), [...pieces, ...pieces]];
    answer = async ({ url }, response) => {
      response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' });
      for (const piece of url === '/few' ? few : many)
        await new Promise((done) => response.write(piece, done));
      response.end();
    };
    for (const [path, sent] of [
      ['/few', few],
      ['/many', many],
    ] as const) {
      const { body } = await fetch(app.url + path);
      const chunks: Uint8Array[] = [];
      for await (const chunk of body!) chunks.push(chunk);
      expect(Buffer.concat(chunks).toString()).toBe(sent.join(''));
      expect(chunks[0]!.length).toBeGreaterThanOrEqual(Math.min(sent.join('').length, 32 * 1024));
    }
  });

  it('streams events as they come', async () => {
    let finish: () => void = () => undefined;
    answer = (_incoming, response) => {
      response.writeHead(200, { 'Content-Type': 'text/event-stream' });
      response.write('data: first\n\n');
      finish = () => response.end('data: last\n\n');
    };
    const response = await fetch(`${app.url}/events`);
    const reader = response.body!.getReader();
    const first = await reader.read();
    expect(new TextDecoder().decode(first.value)).toBe('data: first\n\n');
    finish();
    const last = await reader.read();
    expect(new TextDecoder().decode(last.value)).toBe('data: last\n\n');
  });

  it.each(['/v2/', '/token', '/v1/_ping', '/healthz', '/api/v1/me', '/metrics'])(
    'answers %s itself',
    async (path) => {
      const before = seen.length;
      await request(app.url).get(path);
      expect(seen.length).toBe(before);
    },
  );

  describe('while the web app is away', () => {
    beforeAll(() => {
      answer = (incoming) => incoming.socket.destroy();
    });

    it('shows a page that says so and looks again by itself', async () => {
      const page = await request(app.url).get('/explore').set('Accept', 'text/html,*/*;q=0.8');
      expect(page.status).toBe(503);
      expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
      expect(page.text).toContain('The pages are starting');
      expect(page.text).toContain('<meta http-equiv="refresh" content="2">');
      expect(page.headers['retry-after']).toBe('2');
      expect(page.headers['cache-control']).toBe('no-store');
      expect(page.headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'sha256-/);
    });

    it('says so in a line to others', async () => {
      const page = await request(app.url).get('/explore').set('Accept', '*/*');
      expect([page.status, page.headers['content-type']]).toEqual([503, 'text/plain; charset=utf-8']);
      expect(page.text).toBe('The pages of this Berth are starting: try again in a moment.\n');
    });

    it('goes on serving clients', async () => {
      await request(app.url).get('/v2/').expect(401);
      await request(app.url).get('/healthz').expect(200);
    });
  });
});
