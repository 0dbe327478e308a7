import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { eventually } from '../../../test/support/eventually.js';
import { retrying, S3Unanswered } from './s3-errors.js';
import { S3Transport } from './s3-transport.js';

const BODY = Buffer.alloc(8 * 1024 * 1024, 1);

describe('requests to an S3 server', () => {
  const transport = new S3Transport({ isTls: false, connectTimeoutMs: 200, idleTimeoutMs: 200 });
  const servers: { close(): unknown }[] = [];

  afterEach(() => {
    transport.close();
    for (const server of servers.splice(0)) server.close();
  });

  const serve = async (listener: RequestListener): Promise<number> => {
    const server: Server = createServer(listener);
    servers.push({ close: () => [server.closeAllConnections(), server.close()] });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  };

  const get = (port: number): Promise<IncomingMessage> =>
    new Promise((resolve, reject) => {
      const options = { host: '127.0.0.1', port, path: '/', agent: transport.agent };
      transport.request(options, resolve).on('error', reject).end();
    });

  const lengthOf = async (response: IncomingMessage): Promise<number> => {
    let length = 0;
    for await (const chunk of response) length += (chunk as Buffer).length;
    return length;
  };

  it('end when a server takes them and answers nothing', async () => {
    const port = await serve(() => {});
    await expect(get(port)).rejects.toBeInstanceOf(S3Unanswered);
  });

  it('end sooner when they are small, and are not sent again', async () => {
    const quick = new S3Transport({
      isTls: false,
      connectTimeoutMs: 5_000,
      idleTimeoutMs: 60_000,
      answerTimeoutMs: 200,
    });
    servers.push({ close: () => quick.close() });
    let requests = 0;
    const port = await serve((request) => {
      requests += 1;
      request.resume();
    });
    const send = (options: { path: string; method: string }, body = Buffer.alloc(0)) =>
      new Promise<IncomingMessage>((resolve, reject) => {
        const headers = { 'content-length': body.length };
        const request = { host: '127.0.0.1', port, agent: quick.agent, headers, ...options };
        quick.request(request, resolve).on('error', reject).end(body);
      });
    const silent = () => send({ method: 'PUT', path: '/bucket/object' }, Buffer.alloc(100_000));
    await expect(retrying(silent)).rejects.toMatchObject({ message: 'no answer within 0.2 s' });
    expect(requests).toBe(1);
    const patient = [
      send({ method: 'PUT', path: '/bucket/object?partNumber=1&uploadId=x' }, BODY),
      send({ method: 'GET', path: '/bucket?list-type=2&max-keys=1000' }),
    ];
    await eventually('all have arrived', () => requests === 3);
    await expect(silent()).rejects.toBeInstanceOf(S3Unanswered); // while the others still wait
    const outcome = Promise.race(patient.map((each) => each.then(String, String)));
    expect(await Promise.race([outcome, delay(50).then(() => 'waiting')])).toBe('waiting');
  });

  it('end when an answer stops in the middle', async () => {
    const port = await serve((_request, response) => void response.write(BODY.subarray(0, 100)));
    await expect(lengthOf(await get(port))).rejects.toBeInstanceOf(S3Unanswered);
  });

  it('end when no connection comes about', async () => {
    const { port, stop } = await startDeafServer();
    const fillers = Array.from({ length: 8 }, () => connect(port, '127.0.0.1').on('error', () => {}));
    const refusal = () => get(port).then(String, String);
    await eventually('its queue to be full', async () => /no connection within/.test(await refusal()));
    for (const filler of fillers) filler.destroy();
    stop();
  });

  it('wait for a reader that is slow itself', async () => {
    const port = await serve((_request, response) => response.end(BODY));
    const response = await get(port);
    await eventually('the answer to be held up', () => response.readableLength > 0);
    await delay(1_000); // five times as long as a server may take
    expect(await lengthOf(response)).toBe(BODY.length);
  });

  it('tell the code of an answer that means "not now", and free its connection', async () => {
    const port = await serve((_request, response) => {
      response.writeHead(503).end('<Error><Code>SlowDown</Code><Message>later</Message></Error>');
    });
    const refused = await get(port).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(S3Unanswered);
    expect(refused).toMatchObject({ code: 'SlowDown' });
    await eventually('the connection to be free', () => Object.keys(transport.agent.sockets).length === 0);
  });
});

/** Listens and never accepts, so that the kernel soon takes no more connections for it. */
async function startDeafServer(): Promise<{ port: number; stop(): void }> {
  const program = `
    const server = require('net').createServer().listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
      console.log(server.address().port);
      process.kill(process.pid, 'SIGSTOP');
    });`;
  const child = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  return { port: Number(line), stop: () => child.kill('SIGKILL') };
}
