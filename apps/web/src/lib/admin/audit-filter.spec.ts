import { describe, expect, it } from 'vitest';
import { readAuditFilter } from './audit-filter';

describe('the filter of the audit log', () => {
  it('asks from the beginning of the first day to the end of the last', () => {
    const { shown, asked } = readAuditFilter({ from: '2026-11-01', to: '2026-11-30' });
    expect(shown).toMatchObject({ from: '2026-11-01', to: '2026-11-30' });
    expect(asked).toMatchObject({ from: '2026-11-01T00:00:00.000Z', to: '2026-12-01T00:00:00.000Z' });
  });

  it('leaves out days that are none', () => {
    expect(readAuditFilter({ from: '2026-13-45', to: 'yesterday' }).asked).toEqual({});
  });

  it('takes what it knows as it stands', () => {
    const { asked } = readAuditFilter({ actor: ' alice ', action: 'user.*', result: 'refused', object: '' });
    expect(asked).toEqual({ actor: 'alice', action: 'user.*', result: 'refused' });
  });
});
