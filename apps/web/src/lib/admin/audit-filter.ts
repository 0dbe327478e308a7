import { oneOf, type Query, single } from '../page-query';

/** The filter of the audit log as it stands in the address. */
export type AuditFilter = {
  readonly actor?: string;
  readonly action?: string;
  readonly object?: string;
  readonly result?: 'done' | 'refused';
  readonly from?: string;
  readonly to?: string;
};

/** What the page shows, and what the API is asked: days become times, and a day that is none is left out. */
export function readAuditFilter(query: Query): { shown: AuditFilter; asked: AuditFilter } {
  const text = (name: string) => single(query[name])?.trim() || undefined;
  const shown: AuditFilter = {
    actor: text('actor'),
    action: text('action'),
    object: text('object'),
    result: oneOf(query.result, ['done', 'refused']),
    from: day(text('from')),
    to: day(text('to')),
  };
  return { shown, asked: { ...shown, from: beginning(shown.from, 0), to: beginning(shown.to, 1) } };
}

export function auditFilterFields({ actor, action, object, result, from, to }: AuditFilter) {
  return [
    { name: 'actor', label: 'Who', value: actor },
    { name: 'action', label: 'Action', value: action, hint: 'user.*' },
    { name: 'object', label: 'Object', value: object, hint: 'repository:team/*' },
    {
      name: 'result',
      label: 'Result',
      value: result,
      choices: [
        ['done', 'done'],
        ['refused', 'refused'],
      ],
    },
    { name: 'from', label: 'From day', value: from, type: 'date' },
    { name: 'to', label: 'To day', value: to, type: 'date' },
  ] as const;
}

function day(text: string | undefined): string | undefined {
  return text && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) ? text : undefined;
}

/** Midnight UTC of a day, or of one some days later. */
function beginning(text: string | undefined, daysLater: number): string | undefined {
  if (!text) return undefined;
  const time = new Date(text);
  time.setUTCDate(time.getUTCDate() + daysLater);
  return time.toISOString();
}
