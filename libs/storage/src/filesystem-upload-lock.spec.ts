import { readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { run } from '../../../test/support/program.js';
import { removeDirectory, temporaryDirectory } from '../../../test/support/temporary-directory.js';
import { UploadConflict } from './errors.js';
import { UploadLock } from './filesystem-upload-lock.js';
import { thisProcess } from './process-identity.js';

/** Runs when somebody has just looked whether a lock's holder works, and has not acted on it yet. */
const afterLooking = vi.hoisted(() => vi.fn(async () => {}));

vi.mock('./filesystem-lock-file.js', async (importActual) => {
  const actual = await importActual<typeof import('./filesystem-lock-file.js')>();
  const isLockHeld: typeof actual.isLockHeld = async (...args) => {
    const isHeld = await actual.isLockHeld(...args);
    await afterLooking();
    return isHeld;
  };
  return { ...actual, isLockHeld };
});

describe('the lock of an upload', () => {
  let directory: string;
  const path = () => join(directory, 'an-upload.lock');
  const acquire = () => UploadLock.acquire(path(), 'an-upload');

  beforeEach(async () => {
    directory = await temporaryDirectory('lock');
  });
  afterEach(async () => {
    expect(await readdir(directory)).toEqual([]);
    await removeDirectory(directory);
  });

  /** A lock file as some holder left it. */
  const leave = async (holder: object, ageSeconds = 0, name = path()) => {
    await writeFile(name, JSON.stringify({ ...thisProcess, nonce: 'aaaa', ...holder }));
    const then = new Date(Date.now() - ageSeconds * 1000);
    await utimes(name, then, then);
  };
  /** A process id that belongs to nobody any more. */
  const deadPid = async () => Number(await run(process.execPath, ['-p', 'process.pid']));

  it('is held by one', async () => {
    const lock = await acquire();
    await expect(acquire()).rejects.toBeInstanceOf(UploadConflict);
    await expect(lock.assertHeld()).resolves.toBeUndefined();
    await lock.release();
    await (await acquire()).release();
  });

  it('goes to exactly one of many that want it at once', async () => {
    const outcomes = await Promise.allSettled(Array.from({ length: 20 }, acquire));
    const locks = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
    expect(locks).toHaveLength(1);
    await locks[0]!.release();
  });

  it('outlives no process that died, whose id is free or another process has by now', async () => {
    await leave({ pid: await deadPid() });
    await (await acquire()).release();
    await leave({ startedAt: '1' });
    await (await acquire()).release();
  });

  it('goes from a dead process to one of many at a time', async () => {
    const pid = await deadPid();
    for (let round = 0; round < 20; round++) {
      await leave({ pid });
      const outcomes = await Promise.allSettled(Array.from({ length: 20 }, acquire));
      const locks = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
      expect(locks).toHaveLength(1);
      await locks[0]!.release();
    }
  });

  it('is not taken by one who found it free before others took it, released it and took it again', async () => {
    await leave({ pid: await deadPid() });
    let third: UploadLock | undefined;
    afterLooking.mockImplementationOnce(async () => {
      const second = await acquire();
      await second.release();
      third = await acquire();
    });
    await expect(acquire()).rejects.toBeInstanceOf(UploadConflict);
    await third!.assertHeld();
    await third!.release();
  });

  it('goes on to a third when the one who took it over died as well', async () => {
    const pid = await deadPid();
    await leave({ pid });
    await leave({ pid, nonce: 'bbbb' }, 0, `${path()}-aaaa`);
    const lock = await acquire();
    await expect(acquire()).rejects.toBeInstanceOf(UploadConflict);
    await lock.release();
  });

  it('is believed to another host as long as it was renewed lately', async () => {
    await leave({ host: 'another' }, 20);
    await expect(acquire()).rejects.toBeInstanceOf(UploadConflict);
    await leave({ host: 'another' }, 40);
    await (await acquire()).release();
  });

  it('is lost to a host that took it over, and then left alone', async () => {
    const lock = await acquire();
    const { nonce } = JSON.parse(await readFile(path(), 'utf8')) as { nonce: string };
    const successor = `${path()}-${nonce}`;
    await leave({ host: 'another' }, 0, successor);
    await expect(lock.assertHeld()).rejects.toBeInstanceOf(UploadConflict);
    await lock.release();
    for (const left of [path(), successor]) await rm(left);
  });

  it('is not taken from one who has created its file and not written it yet, unless that is long ago', async () => {
    await writeFile(path(), '');
    await expect(acquire()).rejects.toBeInstanceOf(UploadConflict);
    const then = new Date(Date.now() - 40_000);
    await utimes(path(), then, then);
    await (await acquire()).release();
  });
});
