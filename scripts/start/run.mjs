import { spawn } from 'node:child_process';

/**
 * Runs a program to its end and keeps what it says, on standard output and on both.
 *
 * @param {string} command @param {string[]} args
 * @param {import('node:child_process').SpawnOptions & { input?: string }} [options]
 * @returns {Promise<{ isSuccess: boolean, stdout: string, output: string }>}
 */
export function run(command, args, { input = '', ...options } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, stdio: 'pipe' });
    let stdout = '';
    let output = '';
    child.stdout?.setEncoding('utf8').on('data', (text) => {
      stdout += text;
      output += text;
    });
    child.stderr?.setEncoding('utf8').on('data', (text) => {
      output += text;
    });
    child.once('error', reject);
    child.once('close', (code) => resolve({ isSuccess: code === 0, stdout, output }));
    // A program that ends before it has read everything is no error of this one.
    child.stdin?.on('error', () => {}).end(input);
  });
}
