import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { toolPath } from '../../scripts/tools/tools.mjs';
import { eventually } from '../support/eventually.js';
import { collectOutput, type ProgramResult, run, runAnyway, stopProgram } from '../support/program.js';
import { removeDirectory, temporaryDirectory } from '../support/temporary-directory.js';

/** The name by which the engine's clients know the gateway. */
export const NAME = 'registry.test';

/**
 * A real Docker Engine that runs compose files: with networks and published ports, in a mount namespace of its own in
 * which `/etc/hosts` knows the gateway, and `/etc/docker/certs.d` is a folder of the test's.
 */
export class ComposeEngine {
  private constructor(
    readonly directory: string,
    private readonly daemon: ChildProcess,
  ) {}

  static async start(): Promise<ComposeEngine> {
    const directory = await temporaryDirectory('compose');
    for (const folder of ['docker-etc', 'client']) await mkdir(join(directory, folder));
    // Not a loopback address: those the engine trusts without a certificate.
    await writeFile(join(directory, 'hosts'), `127.0.0.1 localhost\n${ownAddress()} ${NAME}\n`);
    const script =
      'mount --bind "$0/hosts" /etc/hosts && mkdir -p /etc/docker && mount --bind "$0/docker-etc" /etc/docker && exec "$@"';
    const dockerd = [
      ...[toolPath('dockerd'), '--iptables=false', '--ip6tables=false', '--bridge=none'],
      ...['--data-root', join(directory, 'data'), '--exec-root', join(directory, 'exec')],
      ...['--pidfile', join(directory, 'dockerd.pid'), '--host', `unix://${join(directory, 'docker.sock')}`],
    ];
    const daemon = spawn('unshare', ['--mount', 'sh', '-c', script, directory, ...dockerd], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const output = collectOutput(daemon, 'stdout', 'stderr');
    const engine = new ComposeEngine(directory, daemon);
    const isUp = async () => {
      if (daemon.exitCode !== null) throw new Error('it has ended');
      return (await engine.dockerAnyway(['version'])).code === 0;
    };
    await eventually('the Docker Engine answers', isUp).catch(async (cause: unknown) => {
      await engine.stop();
      throw new Error(`dockerd does not start:\n${output()}`, { cause });
    });
    return engine;
  }

  get env(): Record<string, string> {
    return {
      DOCKER_HOST: `unix://${join(this.directory, 'docker.sock')}`,
      DOCKER_CONFIG: join(this.directory, 'client'),
      DOCKER_BUILDKIT: '0',
      COMPOSE_DOCKER_CLI_BUILD: '0',
    };
  }

  docker(...args: string[]): Promise<string> {
    return run(toolPath('docker'), args, { env: this.env, deadlineSeconds: 600 });
  }

  dockerAnyway(args: string[], input?: string): Promise<ProgramResult> {
    return runAnyway(toolPath('docker'), args, { env: this.env, input, deadlineSeconds: 600 });
  }

  /** What the health checks of all containers have said. */
  async healthOfAll(): Promise<string> {
    const ids = (await this.docker('ps', '--all', '--quiet')).split('\n').filter(Boolean);
    return this.docker('inspect', '--format', '{{.Id}} {{.Name}} {{json .State}}', ...ids);
  }

  /** Lets the engine trust a certificate authority for a registry, as its documentation says. */
  async trust(registry: string, certificate: string): Promise<void> {
    const folder = join(this.directory, 'docker-etc', 'certs.d', registry);
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'ca.crt'), certificate);
  }

  async stop(): Promise<void> {
    await stopProgram(this.daemon, 60);
    await removeDirectory(this.directory);
  }
}

function ownAddress(): string {
  const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  const own = addresses.find(({ family, internal }) => family === 'IPv4' && !internal);
  if (!own) throw new Error('this machine has no address but loopback');
  return own.address;
}
