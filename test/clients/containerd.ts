import { spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { toolPath } from '../../scripts/tools/tools.mjs';
import { eventually } from '../support/eventually.js';
import { collectOutput, runAnyway, stopProgram } from '../support/program.js';

/** A real containerd whose data and socket lie below `directory`. Needs root. */
export async function startContainerd(directory: string) {
  const at = (name: string) => join(directory, name);
  await mkdir(directory);
  const lines = [
    'version = 2',
    `root = "${at('root')}"`,
    `state = "${at('state')}"`,
    'disabled_plugins = ["io.containerd.grpc.v1.cri"]',
    '[grpc]',
    `  address = "${at('containerd.sock')}"`,
  ];
  await writeFile(at('config.toml'), `${lines.join('\n')}\n`);
  const daemon = spawn(toolPath('containerd'), ['--config', at('config.toml')], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = collectOutput(daemon, 'stdout', 'stderr');
  /** How `ctr` finds it, and where it may unpack on any file system. */
  const env = { CONTAINERD_ADDRESS: at('containerd.sock'), CONTAINERD_SNAPSHOTTER: 'native' };
  const stop = () => stopProgram(daemon, 30);
  const answers = async () => {
    if (daemon.exitCode !== null) throw new Error('it has ended');
    return (await runAnyway(toolPath('ctr'), ['version'], { env })).code === 0;
  };
  await eventually('containerd answers', answers).catch(async (cause: unknown) => {
    await stop();
    throw new Error(`containerd does not start:\n${output()}`, { cause });
  });
  return { env, stop };
}
