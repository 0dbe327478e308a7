import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ProgramResult, runAnyway } from '../support/program.js';
import { removeDirectory, temporaryDirectory } from '../support/temporary-directory.js';
import { type StartedBerth, startBerth } from './started-berth.js';

const root = join(import.meta.dirname, '../..');

describe('berth users reset-password, with embedded Postgres', () => {
  let directory: string;
  let berth: StartedBerth | undefined;
  beforeAll(async () => {
    directory = await temporaryDirectory('admin');
  });
  afterAll(async () => {
    await berth?.stop();
    await removeDirectory(directory);
  });

  const admin = (...args: string[]): Promise<ProgramResult> =>
    runAnyway(process.execPath, ['scripts/berth.mjs', 'users', ...args], {
      cwd: root,
      env: { BERTH_DATA_DIR: directory },
    });
  const passwordIn = ({ stdout }: ProgramResult): string => /Password +(\S+)/.exec(stdout)?.[1] ?? '';
  const signIn = async (password: string): Promise<number> => {
    const response = await fetch(`${berth?.url}/api/v1/sessions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username: 'admin', password }),
    });
    return response.status;
  };

  it('lets a locked-out admin in again, beside a running Berth', async () => {
    berth = await startBerth(directory);
    const first = /Password +(\S+)/.exec(berth.stdout())?.[1] ?? '';
    for (let guess = 0; guess < 10; guess++) await signIn('a wrong guess');
    expect(await signIn(first)).toBe(429);
    const result = await admin('reset-password', 'admin');
    expect(result).toMatchObject({ code: 0, stderr: '' });
    expect(result.stdout).not.toMatch(/no admin|disabled/);
    expect(await signIn(passwordIn(result))).toBe(201);
    expect(await signIn(first)).toBe(401);
  });

  it('works while Berth is stopped, and stops what it has started', async () => {
    await berth?.stop();
    const result = await admin('reset-password', 'admin');
    expect(result).toMatchObject({ code: 0, stderr: '' });
    berth = await startBerth(directory);
    expect(await signIn(passwordIn(result))).toBe(201);
  });

  it.each([
    { args: ['reset-password', 'nobody'], code: 3, sentence: 'There is no such user.' },
    { args: ['reset-password'], code: 2, sentence: "error: missing required argument 'username'" },
    { args: ['grant', 'admin'], code: 2, sentence: "error: unknown command 'grant'" },
  ])('says in one sentence what is wrong with $args', async ({ args, code, sentence }) => {
    const result = await admin(...args);
    expect(result.code).toBe(code);
    expect(result.stderr.split('\n')[0]).toBe(sentence);
  });
});
