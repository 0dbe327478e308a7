import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type RunningPostgres, startPostgres } from '../../scripts/start/embedded-postgres.mjs';
import { freePort } from '../support/free-port.js';
import { removeDirectory, temporaryDirectory } from '../support/temporary-directory.js';
import { runStart } from './started-berth.js';

let directory: string;
let port: string;
let postgres: RunningPostgres;
beforeAll(async () => {
  directory = await temporaryDirectory('refusals');
  postgres = await startPostgres({ dataDirectory: join(directory, 'own-postgres'), durable: false });
});
afterAll(async () => {
  await postgres.stop();
  await removeDirectory(directory);
});
beforeEach(async () => {
  port = String(await freePort());
});

/** The start must end with 1 and say exactly this one line, without a stack trace. */
async function expectRefusal(env: Record<string, string>, sentence: string): Promise<void> {
  const { code, stderr } = await runStart({
    BERTH_PORT: port,
    BERTH_DATA_DIR: directory,
    BERTH_START_PATIENCE: '0',
    ...env,
  });
  expect(stderr).toBe(`${sentence}\n`);
  expect(code).toBe(1);
}

it('refuses a port in use that was asked for', async () => {
  const occupant = createServer();
  await new Promise<void>((resolve) => occupant.listen(0, '127.0.0.1', resolve));
  const { port: taken } = occupant.address() as { port: number };
  await expectRefusal(
    { BERTH_PORT: String(taken) },
    `Port ${taken} on 127.0.0.1 is in use by another program: set BERTH_PORT to a free one, or end that program.`,
  );
  occupant.close();
});

it('refuses an address that is not of this machine', async () => {
  await expectRefusal(
    { BERTH_HOST: '192.0.2.1', BERTH_PUBLIC_URL: 'http://registry.example' },
    `Berth cannot listen on 192.0.2.1, port ${port} (EADDRNOTAVAIL): set BERTH_HOST to an address of this machine.`,
  );
});

it('refuses a data directory that cannot be written', async () => {
  const file = join(directory, 'a-file');
  await writeFile(file, '');
  await expectRefusal(
    { BERTH_DATA_DIR: join(file, 'data') },
    `The data directory ${file}/data cannot be written by the user "${userInfo().username}" (ENOTDIR): ` +
      'let that user write there, or set BERTH_DATA_DIR to another folder.',
  );
});

it('refuses a database that does not answer', async () => {
  const nobody = await freePort();
  await expectRefusal(
    { BERTH_DATABASE_URL: `postgres://berth:secret@127.0.0.1:${nobody}/berth` },
    `The database cannot be reached (connect ECONNREFUSED 127.0.0.1:${nobody}). Check BERTH_DATABASE_URL.`,
  );
});

it('refuses a schema newer than the program', async () => {
  const client = new pg.Client(postgres.url);
  await client.connect();
  await client.query('CREATE TABLE migrations (id serial PRIMARY KEY, timestamp bigint, name varchar)');
  await client.query(
    "INSERT INTO migrations (timestamp, name) VALUES (9e15, 'FromTheFuture9000000000000000')",
  );
  await client.end();
  await expectRefusal(
    { BERTH_DATABASE_URL: postgres.url },
    'The database was used by a newer Berth (it has FromTheFuture9000000000000000): ' +
      'start that version or a later one.',
  );
});

it('refuses the data folder of another Postgres major', async () => {
  const data = join(directory, 'old');
  const cluster = join(data, 'postgres', 'cluster');
  await mkdir(cluster, { recursive: true });
  await writeFile(join(cluster, 'PG_VERSION'), '16\n');
  await expectRefusal(
    { BERTH_DATA_DIR: data },
    `${cluster} was written by Postgres 16 and this Berth brings Postgres 18: ` +
      'start it with the Berth it was made with, or move the folder away to begin with an empty database.',
  );
});

it('refuses a variable it does not know', async () => {
  await expectRefusal(
    { BERTH_PROT: '5001' },
    'BERTH_PROT is no variable of Berth; docs/configuration.md lists them all',
  );
});

it('refuses a host open to the network with a public URL that leads back to the client', async () => {
  await expectRefusal(
    { BERTH_HOST: '0.0.0.0' },
    `BERTH_HOST=0.0.0.0 is open to the network, but clients would be sent to http://localhost:${port}: ` +
      'set BERTH_PUBLIC_URL to the address they use',
  );
});

it('refuses a blob store that does not answer', async () => {
  const nobody = await freePort();
  await expectRefusal(
    {
      BERTH_STORAGE: 's3',
      BERTH_S3_ENDPOINT: `http://127.0.0.1:${nobody}`,
      BERTH_S3_BUCKET: 'blobs',
      BERTH_S3_ACCESS_KEY: 'key',
      BERTH_S3_SECRET_KEY: 'secret',
    },
    `The blob store cannot be reached: ECONNREFUSED: connect ECONNREFUSED 127.0.0.1:${nobody}. ` +
      'Check the BERTH_S3_… variables.',
  );
});

it('refuses an admin whose name is none', async () => {
  await expectRefusal(
    { BERTH_DATA_DIR: join(directory, 'nameless'), BERTH_ADMIN_USERNAME: 'No Name' },
    'BERTH_ADMIN_USERNAME: "No Name" is not a valid namespace name: in "No Name" the letter "N" has to be lowercase',
  );
});

it('gives up, and says why, when the workers end as soon as they begin', async () => {
  const { code, stderr } = await runStart({
    BERTH_PORT: port,
    BERTH_DATA_DIR: directory,
    BERTH_WORKERS: '1',
    BERTH_TLS_CERT: join(directory, 'no-certificate'),
    BERTH_TLS_KEY: join(directory, 'no-key'),
  });
  const reason = `ENOENT: no such file or directory, open '${directory}/no-certificate'`;
  expect(code).toBe(1);
  expect(stderr.match(/Worker \d+ has ended \(exit code 1: .*\); another one takes its place/g)).toHaveLength(
    2,
  );
  expect(stderr).toContain(`The workers end as soon as they begin: ${reason}\n`);
});
