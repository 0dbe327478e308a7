import { z } from 'zod';
import type { Variable } from './env-variables.js';

/** An OpenID Connect provider that people may sign in with. */
export interface OidcSettings {
  /** One part of addresses: `/api/v1/oidc/<name>/login`. */
  readonly name: string;
  /** What people read. */
  readonly label: string;
  readonly issuer: URL;
  readonly clientId: string;
  /** Undefined for a public client, which PKCE alone protects. */
  readonly clientSecret?: string;
  readonly scopes: string;
  readonly groupsClaim: string;
  /** Whether a first sign-in makes an account. */
  readonly isSignupOpen: boolean;
}

/** `BERTH_OIDC_PROVIDERS`: a name becomes part of addresses and, in capitals, of variables. */
export const providerNames = z
  .string()
  .transform((text) => text.split(',').map((name) => name.trim()))
  .refine((names) => names.every((name) => /^[a-z][a-z0-9]{0,31}$/.test(name)), {
    message: 'must be names such as google,corp: up to 32 lowercase letters and digits, a letter first',
  })
  .refine((names) => new Set(names).size === names.length, { message: 'must not name a provider twice' });

const line = z.string().min(1);

/** What each provider has, as `BERTH_OIDC_<NAME>_<field>`. */
const fields = {
  ISSUER: {
    schema: z
      .url({ protocol: /^https?$/, message: 'must be the issuer address of the provider' })
      .refine(isSafeIssuer, 'must be https, but on this machine itself'),
    meaning: 'Issuer address of the provider; everything else is discovered from it. Needed.',
    default: '',
  },
  CLIENT_ID: {
    schema: line,
    meaning: 'Client id that the provider has given this Berth. Needed.',
    default: '',
  },
  CLIENT_SECRET: {
    schema: line.optional(),
    meaning: 'Its secret; left out for a public client.',
    default: '',
  },
  SCOPES: {
    schema: line
      .default('openid profile email')
      .refine((text) => text.split(' ').includes('openid'), 'must contain openid'),
    meaning: 'Scopes asked for, separated by spaces.',
    default: '`openid profile email`',
  },
  GROUPS_CLAIM: {
    schema: line.default('groups'),
    meaning: 'Claim with the names of the groups that teams are made of.',
    default: '`groups`',
  },
  LABEL: {
    schema: line.max(60).optional(),
    meaning: 'What the sign-in page calls it.',
    default: 'the name',
  },
  SIGNUP: {
    schema: z.enum(['open', 'closed']).default('open'),
    meaning:
      '`open`: the first sign-in makes an account. `closed`: only who has linked an account signs in; for providers where anybody is a user.',
    default: '`open`',
  },
} satisfies Record<string, Variable>;

type Field = keyof typeof fields;

/** The rows of `docs/configuration.md`. */
export const oidcVariables: readonly { name: string; default: string; meaning: string }[] = Object.entries(
  fields,
).map(([field, { meaning, default: byDefault }]) => ({
  name: `BERTH_OIDC_<NAME>_${field}`,
  default: byDefault,
  meaning,
}));

/** The names of all variables of these providers. */
export function oidcVariableNames(names: readonly string[]): string[] {
  return names.flatMap((name) => (Object.keys(fields) as Field[]).map((field) => variableName(name, field)));
}

/** The providers in their order, or the sentence that says what is wrong. */
export function parseOidcSettings(
  names: readonly string[],
  source: Record<string, string | undefined>,
): OidcSettings[] | string {
  const providers: OidcSettings[] = [];
  for (const name of names) {
    const read = readFields(name, source);
    if (typeof read === 'string') return read;
    providers.push({
      name,
      label: read.LABEL ?? name,
      issuer: new URL(read.ISSUER),
      clientId: read.CLIENT_ID,
      clientSecret: read.CLIENT_SECRET,
      scopes: read.SCOPES,
      groupsClaim: read.GROUPS_CLAIM,
      isSignupOpen: read.SIGNUP === 'open',
    });
  }
  return providers;
}

type RawFields = { [F in Field]: z.output<(typeof fields)[F]['schema']> };

function readFields(name: string, source: Record<string, string | undefined>): RawFields | string {
  const read: Record<string, unknown> = {};
  for (const [field, { schema }] of Object.entries(fields) as [Field, Variable][]) {
    const variable = variableName(name, field);
    const value = source[variable] === '' ? undefined : source[variable];
    const parsed = schema.safeParse(value);
    if (!parsed.success) {
      if (value === undefined) return `BERTH_OIDC_PROVIDERS names "${name}": set ${variable} as well`;
      // The secret's own text is shown to nobody.
      return `${variable}: ${parsed.error.issues[0]?.message ?? 'not valid'}`;
    }
    read[field] = parsed.data;
  }
  return read as RawFields;
}

function variableName(name: string, field: Field): string {
  return `BERTH_OIDC_${name.toUpperCase()}_${field}`;
}

/** What a provider says over plain HTTP, anybody on the way can say (OpenID Connect Core, 16.17). */
function isSafeIssuer(text: string): boolean {
  const { protocol, hostname = '' } = URL.parse(text) ?? {};
  return protocol === 'https:' || ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
}
