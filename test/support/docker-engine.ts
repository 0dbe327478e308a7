import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { toolPath } from '../../scripts/tools/tools.mjs';
import { eventually } from './eventually.js';
import {
  collectOutput,
  type ProgramResult,
  type RunOptions,
  run,
  runAnyway,
  stopProgram,
} from './program.js';
import { tar } from './tar.js';
import { removeDirectory, temporaryDirectory } from './temporary-directory.js';

/** A real Docker Engine of the test's own: its data, socket and network touch nothing of the machine's. */
export interface DockerEngine {
  /** Runs the docker client and returns its output; throws with all it said when it fails. */
  docker(...args: string[]): Promise<string>;
  /** The same with a choice of input, environment and deadline; gives the exit code instead of throwing. */
  dockerAnyway(args: string[], options?: RunOptions): Promise<ProgramResult>;
  /** Where a docker client finds it, as `DOCKER_HOST` says it. */
  host: string;
  /** A client with a configuration folder (and so a login) of its own. */
  as(person: string): DockerEngine;
  /** Builds an image with only a static busybox in it, as no base image can be pulled. */
  buildBusybox(name: string, architecture?: string): Promise<void>;
  stop(): Promise<void>;
}

/** Starts an engine. Needs root. Plain HTTP to 127.0.0.0/8 is what it does by default. */
export async function startDocker(): Promise<DockerEngine> {
  const directory = await temporaryDirectory('docker');
  const refusals: string[] = [];
  for (const driver of ['overlay2', 'vfs']) {
    const { daemon, output } = launch(directory, driver);
    const engine = client(directory, 'default', async () => {
      await stopProgram(daemon, 60);
      await removeDirectory(directory);
    });
    if (await answers(daemon, engine)) return engine;
    refusals.push(`with ${driver}: ${output().slice(-1500)}`);
  }
  await removeDirectory(directory);
  throw new Error(`dockerd does not start:\n${refusals.join('\n')}`);
}

function launch(directory: string, driver: string): { daemon: ChildProcess; output: () => string } {
  const daemon = spawn(
    toolPath('dockerd'),
    [
      ...['--iptables=false', '--ip6tables=false', '--bridge=none', `--storage-driver=${driver}`],
      ...['--data-root', join(directory, 'data'), '--exec-root', join(directory, 'exec')],
      ...['--pidfile', join(directory, 'dockerd.pid'), '--host', socketIn(directory)],
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  return { daemon, output: collectOutput(daemon, 'stdout', 'stderr') };
}

async function answers(daemon: ChildProcess, engine: DockerEngine): Promise<boolean> {
  const ended = once(daemon, 'exit').then(() => 'ended');
  const ready = eventually('the Docker Engine answers', async () => {
    const { code } = await engine.dockerAnyway(['version']);
    return code === 0;
  });
  return (await Promise.race([ended, ready])) === true;
}

function client(directory: string, person: string, stop: () => Promise<void>): DockerEngine {
  const configuration = join(directory, `client-${person}`);
  mkdirSync(configuration, { recursive: true });
  const own = { DOCKER_HOST: socketIn(directory), DOCKER_CONFIG: configuration, DOCKER_BUILDKIT: '0' };
  const dockerAnyway = (args: string[], options: RunOptions = {}) =>
    runAnyway(toolPath('docker'), args, { ...options, env: { ...own, ...options.env } });
  return {
    host: own.DOCKER_HOST,
    docker: (...args) => run(toolPath('docker'), args, { env: own }),
    dockerAnyway,
    as: (other) => client(directory, other, stop),
    buildBusybox: async (name, architecture = 'amd64') => {
      const args = ['build', '--no-cache', '--platform', `linux/${architecture}`, '--tag', name, '-'];
      const { code, stderr } = await dockerAnyway(args, { input: busyboxContext() });
      if (code !== 0) throw new Error(`docker build: ${stderr}`);
    },
    stop,
  };
}

/** What `docker build -` reads: a Dockerfile, and the root file system as an archive that it unpacks. */
function busyboxContext(): Buffer {
  const dockerfile = 'FROM scratch\nADD root.tar /\nCMD ["/bin/sh"]\n';
  return tar([
    { path: 'Dockerfile', bytes: Buffer.from(dockerfile) },
    { path: 'root.tar', bytes: busyboxRoot() },
  ]);
}

function busyboxRoot(): Buffer {
  const applets = ['sh', 'cat', 'echo', 'ls', 'sleep', 'touch', 'true'];
  return tar([
    { path: 'bin/' },
    { path: 'bin/busybox', bytes: readFileSync(toolPath('busybox')), mode: 0o755 },
    ...applets.map((applet) => ({ path: `bin/${applet}`, linkTo: 'busybox' })),
  ]);
}

function socketIn(directory: string): string {
  return `unix://${join(directory, 'docker.sock')}`;
}
