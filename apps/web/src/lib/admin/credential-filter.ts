import { oneOf, type Query, single } from '../page-query';

/** By what an admin's list of credentials is narrowed. */
export interface CredentialFilter {
  readonly expired?: 'true' | 'false';
  readonly unusedDays?: string;
}

export function readCredentialFilter(query: Query): CredentialFilter {
  return {
    expired: oneOf(query.expired, ['true', 'false']),
    unusedDays: single(query.unusedDays)?.trim() || undefined,
  };
}

export function credentialFilterFields({ expired, unusedDays }: CredentialFilter) {
  return [
    {
      name: 'expired',
      label: 'State',
      value: expired,
      choices: [
        ['false', 'still counting'],
        ['true', 'expired'],
      ],
    },
    { name: 'unusedDays', label: 'Unused for days', value: unusedDays, isNumber: true },
  ] as const;
}
