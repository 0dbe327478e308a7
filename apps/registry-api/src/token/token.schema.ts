import { z } from 'zod';

/** What is read from a body or query is looked up in Postgres, which holds no NUL, and no name has control characters. */
const text = z.string().regex(/^\P{Cc}*$/u, 'must not contain control characters');
const scopes = z.union([z.string(), z.array(z.string())]).optional();

/** The query of `GET /token` (registry token specification). Unknown parameters are ignored (RFC 6749, section 3.2). */
export const tokenQuerySchema = z.object({
  service: text.optional(),
  scope: scopes,
  offline_token: z.string().optional(),
});

const common = {
  service: text.optional(),
  scope: scopes,
  access_type: z.enum(['online', 'offline'], 'must be "online" or "offline"').optional(),
};

/** The form of `POST /token` (registry token specification, OAuth2). */
export const tokenFormSchema = z.discriminatedUnion(
  'grant_type',
  [
    z.object({ grant_type: z.literal('password'), username: text, password: text, ...common }),
    z.object({ grant_type: z.literal('refresh_token'), refresh_token: text, ...common }),
  ],
  'must be "password" or "refresh_token", in a body of type application/x-www-form-urlencoded',
);

export type TokenQuery = z.output<typeof tokenQuerySchema>;
export type TokenForm = z.output<typeof tokenFormSchema>;

/** What the token service answers; `token` and `access_token` are the same, for older and OAuth2 clients. */
export interface TokenAnswer {
  readonly token: string;
  readonly access_token: string;
  readonly expires_in: number;
  /** RFC 3339. */
  readonly issued_at: string;
  /** What was granted, space separated. */
  readonly scope: string;
  readonly refresh_token?: string;
}
