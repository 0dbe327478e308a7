import { describe, expect, test } from 'vitest';
import { eventually } from '../support/eventually.js';
import { freePort } from '../support/free-port.js';
import type { ComposeEngine } from './engine.js';
import { ComposeSite } from './site.js';
import { buildBerthImage } from './stand-ins.js';

const NETWORK = 'alone';

/** The small start: the image with everything, by its compose file and by `docker run`, on one volume. */
export function describeSmall(
  engineOf: () => ComposeEngine,
  makeImage: (name: string) => Promise<void>,
): void {
  describe('the small Berth', () => {
    let site: ComposeSite;
    let digest: string | undefined;

    async function pushAndPull(image: string): Promise<void> {
      const engine = engineOf();
      await makeImage(image);
      digest = /digest: (sha256:\w+)/.exec(await engine.docker('push', image))?.[1];
      await engine.docker('rmi', image);
      await pull(image);
    }

    async function pull(image: string): Promise<void> {
      expect(await engineOf().docker('pull', image)).toContain(`Digest: ${digest}`);
      await engineOf().docker('rmi', image);
    }

    const signIn = (host: string) => {
      const login = ['login', host, '--username', 'admin', '--password-stdin'];
      return engineOf().dockerAnyway(login, site.admin.password);
    };

    test('its compose file starts it behind TLS, and clients push and pull', async () => {
      const engine = engineOf();
      await buildBerthImage(engine, { file: 'deploy/Dockerfile', parts: 'all', tag: 'berth/berth' });
      const [port, httpPort] = [await freePort(), await freePort()];
      site = await ComposeSite.make(engine, {
        files: ['compose.small.yml'],
        port,
        httpPort,
        arguments: ['--small'],
      });
      expect(await site.compose('config', '--quiet')).toMatchObject({ code: 0, stdout: '', stderr: '' });
      await site.up();
      await eventually('the gateway answers', async () =>
        (await site.ask('/readyz')).body.includes('"ready"'),
      );
      await engine.trust(site.host, site.authority);
      expect((await signIn(site.host)).stdout).toContain('Login Succeeded');
      await pushAndPull(`${site.host}/team/small:1`);
      expect((await site.ask('/sign-in')).body).toContain('<html');
      expect((await site.compose('down', '--timeout', '60')).code).toBe(0);
    });

    test('docker run goes on with the same volume, also after it was stopped', async () => {
      const engine = engineOf();
      const host = `127.0.0.1:${await freePort()}`; // loopback: the engine takes plain HTTP there
      await engine.docker('network', 'create', NETWORK);
      await engine.docker(
        ...['run', '--detach', '--name', 'berth', '--network', NETWORK],
        ...['--publish', `${host}:5000`, '--volume', 'berth_berth:/data'],
        ...['--env', `BERTH_PUBLIC_URL=http://${host}`, 'berth/berth'],
      );
      const isHealthy = async () =>
        (await engine.docker('ps', '--filter', 'name=berth')).includes('(healthy)');
      await eventually('it is healthy', isHealthy, 120);
      expect((await signIn(host)).stdout).toContain('Login Succeeded');
      await pull(`${host}/team/small:1`); // what the compose file's Berth was given
      await pushAndPull(`${host}/team/alone:1`);
      await engine.docker('stop', '--time', '60', 'berth');
      expect(await engine.docker('inspect', '--format', '{{.State.ExitCode}}', 'berth')).toBe('0\n');
      await engine.docker('start', 'berth');
      await eventually('it is healthy again', isHealthy, 120);
      await pull(`${host}/team/alone:1`);
      await engine.docker('rm', '--force', '--volumes', 'berth');
      await engine.docker('network', 'rm', NETWORK);
    });
  });
}
