import { describe, expect, it } from 'vitest';
import type { AuditAnswer } from './audit.schema.js';
import { type ExportFormat, exportLines } from './audit-export.js';

const entry: AuditAnswer = {
  id: '7',
  at: '2027-01-31T12:00:00.000Z',
  actor: 'alice',
  credential: 'session',
  address: null,
  action: 'user.create',
  object: 'user:bob',
  result: 'done',
  details: {},
};

async function exported(format: ExportFormat, ...batches: AuditAnswer[][]): Promise<string> {
  async function* given() {
    yield* batches;
  }
  let text = '';
  for await (const piece of exportLines(format, given())) text += piece;
  return text;
}

describe('exportLines', () => {
  it('writes CSV with one head over all batches', async () => {
    expect(await exported('csv', [entry], [{ ...entry, id: '6', address: '192.0.2.1' }])).toBe(
      'id,at,actor,credential,address,action,object,result,details\r\n' +
        '7,2027-01-31T12:00:00.000Z,alice,session,,user.create,user:bob,done,{}\r\n' +
        '6,2027-01-31T12:00:00.000Z,alice,session,192.0.2.1,user.create,user:bob,done,{}\r\n',
    );
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx'])('keeps %j from being a formula', async (object) => {
    const [, line = ''] = (await exported('csv', [{ ...entry, object }])).split('\r\n7,');
    expect(line).toContain(`'${object.charAt(0)}`);
  });

  it('quotes what would break a line or a cell', async () => {
    const text = await exported('csv', [{ ...entry, object: 'a,"b"\nc' }]);
    expect(text).toContain(',"a,""b""\nc",');
  });

  it('writes one JSON object a line', async () => {
    const text = await exported('jsonl', [entry, { ...entry, object: 'line\nbreak' }]);
    const lines = text.trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toEqual([entry, { ...entry, object: 'line\nbreak' }]);
  });

  it('is an empty file, but for the head of CSV, when nothing matches', async () => {
    expect(await exported('csv')).toMatch(/^id,.*\r\n$/);
    expect(await exported('jsonl')).toBe('');
  });
});
