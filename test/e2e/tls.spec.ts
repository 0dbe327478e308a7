// needs: openssl
import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect, type TLSSocket } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../support/app.js';
import { eventually } from '../support/eventually.js';
import { removeDirectory, temporaryDirectory } from '../support/temporary-directory.js';

describe('HTTPS by Berth itself', () => {
  let directory: string;
  let app: TestApp;

  beforeAll(async () => {
    directory = await temporaryDirectory('tls');
    makeCertificate(directory, 'first.example');
    app = await startApp({
      env: {
        BERTH_TLS_CERT: join(directory, 'cert.pem'),
        BERTH_TLS_KEY: join(directory, 'key.pem'),
      },
    });
  });

  afterAll(async () => {
    await app.close();
    await removeDirectory(directory);
  });

  it('serves the certificate of the files', async () => {
    const served = await servedCertificate(app);
    expect(served.fingerprint256).toBe(
      new X509Certificate(readFileSync(join(directory, 'cert.pem'))).fingerprint256,
    );
    expect(served.subject).toBe('CN=first.example');
  });

  it('sends clients to an https token service', async () => {
    const socket = await open(app);
    socket.end('GET /v2/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    let answer = '';
    for await (const chunk of socket) answer += chunk;
    expect(answer).toContain(`realm="https://${app.host}/token"`);
  });

  it('takes a renewed certificate without a restart', async () => {
    makeCertificate(directory, 'second.example');
    const isRenewed = async () => (await servedCertificate(app)).subject === 'CN=second.example';
    expect(await eventually('the renewed certificate', isRenewed, 50)).toBe(true);
  });
});

function makeCertificate(directory: string, name: string): void {
  const files = ['-keyout', join(directory, 'key.pem'), '-out', join(directory, 'cert.pem')];
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  execFileSync('openssl', ['req', '-x509', ...kind, '-subj', `/CN=${name}`, ...files], { stdio: 'ignore' });
}

async function open(app: TestApp): Promise<TLSSocket> {
  const { port } = new URL(app.url);
  const socket = connect({ host: '127.0.0.1', port: Number(port), rejectUnauthorized: false });
  await new Promise<void>((resolve, reject) => socket.once('secureConnect', resolve).once('error', reject));
  return socket;
}

async function servedCertificate(app: TestApp): Promise<X509Certificate> {
  const socket = await open(app);
  const certificate = socket.getPeerX509Certificate();
  socket.destroy();
  if (!certificate) throw new Error('the server showed no certificate');
  return certificate;
}
