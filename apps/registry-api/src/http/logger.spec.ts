import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { eventually } from '../../../../test/support/eventually.js';
import { removeDirectory, temporaryDirectory } from '../../../../test/support/temporary-directory.js';
import { createLogger, type Logger } from './logger.js';
import { whileServing } from './request-context.js';

let directory: string;
beforeEach(async () => {
  directory = await temporaryDirectory('log');
});
afterEach(() => removeDirectory(directory));

async function logged(logFormat: 'auto' | 'json' | 'pretty', work: (logger: Logger) => void | Promise<void>) {
  const file = join(directory, 'log');
  const descriptor = openSync(file, 'w');
  const logger = await createLogger({ logLevel: 'info', logFormat }, descriptor);
  await work(logger);
  logger.info('the end');
  const text = await eventually('everything is written', () => {
    const written = readFileSync(file, 'utf8');
    return /the end"?}?\n$/.test(written) ? written : undefined;
  });
  closeSync(descriptor);
  return text.replace(/.*the end.*\n$/, '');
}

test('a line is a JSON object, with the id of the request in which it was written', async () => {
  const text = await logged('auto', async (logger) => {
    logger.info('before');
    await Promise.all(
      ['one', 'two'].map(
        (id) =>
          new Promise<void>((resolve) =>
            whileServing(id, () =>
              setImmediate(() => {
                logger.warn({ what: id }, 'during');
                resolve();
              }),
            ),
          ),
      ),
    );
    logger.info('after');
  });
  const lines = text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines.map(({ msg, requestId, what }) => ({ msg, requestId, what }))).toEqual([
    { msg: 'before' },
    { msg: 'during', requestId: 'one', what: 'one' },
    { msg: 'during', requestId: 'two', what: 'two' },
    { msg: 'after' },
  ]);
});

test('pretty lines are for people', async () => {
  const text = await logged('pretty', (logger) => {
    whileServing('id-1', () => logger.warn('the store is slow'));
  });
  expect(text).toMatch(/^\[\d\d:\d\d:\d\d\] WARN: the store is slow\n +requestId: "id-1"\n$/);
});

const marker = 'SecretMarker123';

test.each<[string, (logger: Logger) => void]>([
  ['a header', (logger) => logger.error({ request: { headers: { authorization: marker } } }, 'x')],
  ['a cookie', (logger) => logger.error({ headers: { cookie: marker } }, 'x')],
  ['a field', (logger) => logger.error({ password: marker }, 'x')],
  [
    "a statement's values",
    (logger) => logger.error({ err: Object.assign(new Error('x'), { parameters: [marker] }) }, 'x'),
  ],
  ['an access token in a message', (logger) => logger.error({ err: new Error(`berth_pat_${marker}`) }, 'x')],
  [
    'a header in a message',
    (logger) => logger.error({ err: new Error(`sent Authorization: Bearer ${marker}`) }, 'x'),
  ],
  [
    'the address of a database',
    (logger) => logger.error({ err: new Error(`postgres://berth:${marker}@db/berth refused`) }, 'x'),
  ],
  [
    'a presigned address',
    (logger) => logger.error({ err: new Error(`GET http://s3/b?X-Amz-Signature=${marker}&x=1`) }, 'x'),
  ],
  [
    'a cause',
    (logger) => logger.error({ err: new Error('outer', { cause: new Error(`Basic ${marker}`) }) }, 'x'),
  ],
])('%s keeps its secret', async (_where, log) => {
  const text = await logged('json', log);
  expect(text).toContain('…');
  expect(text).not.toContain(marker);
});
