import { cp, mkdir, readFile } from 'node:fs/promises';
import { request } from 'node:https';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { toolPath } from '../../scripts/tools/tools.mjs';
import { type ProgramResult, run, runAnyway } from '../support/program.js';
import { type ComposeEngine, NAME } from './engine.js';

const root = join(import.meta.dirname, '../..');

export interface Answer {
  status: number;
  body: string;
}

/** A folder with the compose files as a person has them after `deploy/make-env`, and a certificate of their own. */
export class ComposeSite {
  private constructor(
    private readonly engine: ComposeEngine,
    readonly directory: string,
    private readonly files: readonly string[],
    readonly port: number,
    readonly env: Record<string, string>,
    /** Of the authority that signed the gateway's certificate, PEM. */
    readonly authority: string,
  ) {}

  static async make(
    engine: ComposeEngine,
    options: { files: string[]; port: number; httpPort: number; arguments: string[] },
  ): Promise<ComposeSite> {
    const directory = join(engine.directory, options.files.join(' ').replace(/\W+/g, '-'));
    await mkdir(directory);
    for (const name of ['deploy', '.env.example', ...options.files]) {
      await cp(join(root, name), join(directory, name), { recursive: true });
    }
    const certificates = join(directory, 'deploy', 'certificates');
    await makeCertificate(certificates);
    await run(join(directory, 'deploy', 'make-env'), [...options.arguments, `${NAME}:${options.port}`]);
    const written = await readFile(join(directory, '.env'), 'utf8');
    const env = Object.fromEntries(
      written
        .split('\n')
        .filter((line) => line.includes('='))
        .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
    );
    const site = new ComposeSite(
      engine,
      directory,
      options.files,
      options.port,
      { ...env, HTTP_PORT: String(options.httpPort) },
      await readFile(join(certificates, 'ca.crt'), 'utf8'),
    );
    return site;
  }

  get host(): string {
    return `${NAME}:${this.port}`;
  }

  get admin() {
    return { username: 'admin', password: this.env.BERTH_ADMIN_PASSWORD! };
  }

  compose(...args: string[]): Promise<ProgramResult> {
    const files = this.files.flatMap((file) => ['--file', file]);
    return runAnyway(toolPath('docker-compose'), [...files, '--project-name', 'berth', ...args], {
      cwd: this.directory,
      env: { ...this.engine.env, HTTP_PORT: this.env.HTTP_PORT },
      deadlineSeconds: 300,
    });
  }

  /** Starts everything, and waits until it is healthy. */
  async up(): Promise<void> {
    const { code, stdout, stderr } = await this.compose('up', '--detach', '--no-build');
    if (code === 0) return;
    const logs = await this.compose('logs', '--no-color', '--tail', '40');
    const health = await this.engine.healthOfAll();
    throw new Error(`docker-compose up ended with ${code}\n${stdout}${stderr}\n${logs.stdout}\n${health}`);
  }

  /** A request through the gateway, whose certificate is checked. */
  ask(path: string, options: { method?: string; body?: object; as?: 'admin' } = {}): Promise<Answer> {
    const { username, password } = this.admin;
    const basic = Buffer.from(`${username}:${password}`).toString('base64');
    return new Promise((resolve, reject) => {
      const sent = request(
        {
          ...{ host: '127.0.0.1', port: this.port, servername: NAME, ca: this.authority, path },
          method: options.method ?? 'GET',
          headers: {
            host: this.host,
            ...(options.as ? { authorization: `Basic ${basic}` } : {}),
            ...(options.body ? { 'content-type': 'application/json' } : {}),
          },
        },
        (answer) => {
          text(answer).then((body) => resolve({ status: answer.statusCode ?? 0, body }), reject);
        },
      );
      sent.on('error', reject);
      sent.end(options.body ? JSON.stringify(options.body) : undefined);
    });
  }
}

/** A certificate for the gateway's name, by an authority that nobody knows yet. */
async function makeCertificate(directory: string): Promise<void> {
  const at = (name: string) => join(directory, name);
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  const openssl = (...args: string[]) => run('openssl', args, { cwd: directory });
  await openssl(
    ...['req', '-x509', ...key, '-days', '2', '-subj', '/CN=Test authority'],
    ...['-keyout', at('ca.key'), '-out', at('ca.crt'), '-addext', 'keyUsage=critical,keyCertSign'],
  );
  await openssl(
    ...['req', ...key, '-subj', `/CN=${NAME}`, '-addext', `subjectAltName=DNS:${NAME}`],
    ...['-keyout', at('tls.key'), '-out', at('tls.csr')],
  );
  await openssl(
    ...['x509', '-req', '-in', at('tls.csr'), '-CA', at('ca.crt'), '-CAkey', at('ca.key'), '-CAcreateserial'],
    ...['-days', '2', '-copy_extensions', 'copy', '-out', at('tls.crt')],
  );
}
