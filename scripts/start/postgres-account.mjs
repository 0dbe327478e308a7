import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { StartFailure } from './failure.mjs';

/**
 * Whom Postgres runs as when Node runs as root, since Postgres refuses to be root.
 * @typedef {{ uid: number, gid: number }} Account
 */

const USER = 'postgres';

/**
 * An ordinary user runs Postgres himself. Root runs it as whoever owns the cluster that is there, and a new one
 * as the user `postgres`, who is made when there is none.
 *
 * @param {string} clusterDirectory
 * @returns {Account | undefined} undefined: as the user who runs this program
 */
export function postgresAccount(clusterDirectory) {
  if (process.getuid?.() !== 0) return undefined;
  if (existsSync(clusterDirectory)) {
    const { uid, gid } = statSync(clusterDirectory);
    if (uid !== 0) return { uid, gid };
  }
  return accountOfUser() ?? makeUser();
}

/** The part of `spawn`'s options that runs a program as an account. @param {Account | undefined} account */
export function identityOf(account) {
  return account ? { uid: account.uid, gid: account.gid } : {};
}

/** Whether an account can come as far as this folder. @param {string} directory @param {Account} account */
export function canEnter(directory, account) {
  return (
    spawnSync('test', ['-x', directory], { ...identityOf(account), cwd: '/', stdio: 'ignore' }).status === 0
  );
}

/** @returns {Account | undefined} */
function accountOfUser() {
  const [uid, gid] = ['-u', '-g'].map((flag) => {
    const id = spawnSync('id', [flag, USER], { encoding: 'utf8' });
    return id.status === 0 ? Number(id.stdout) : undefined;
  });
  return uid === undefined || gid === undefined ? undefined : { uid, gid };
}

/** @returns {Account} */
function makeUser() {
  // The second is BusyBox's.
  const commands = [
    ['useradd', '--system', '--user-group', '--no-create-home', '--shell', '/bin/false', USER],
    ['adduser', '-S', '-D', '-H', '-s', '/bin/false', USER],
  ];
  for (const [command = '', ...args] of commands) {
    if (spawnSync(command, args, { stdio: 'ignore' }).status === 0) break;
  }
  const account = accountOfUser();
  if (account) return account;
  throw new StartFailure(
    `Postgres does not run as root, and the user "${USER}" to run it as could not be made: ` +
      'make that user, or start Berth as an ordinary user.',
  );
}
