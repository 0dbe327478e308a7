import { z } from 'zod';

/** What is looked up in Postgres holds no NUL, and no name has control characters. */
const line = z.string().regex(/^\P{Cc}*$/u, 'must not contain control characters');

export const signInSchema = z
  .strictObject({
    username: line.min(1).max(300),
    password: z
      .string()
      .min(1)
      .max(1024)
      .meta({ description: 'Not an access token: those are for clients.' }),
  })
  .meta({ id: 'SignIn' });

const instant = z.iso.datetime();

export const sessionSchema = z
  .object({
    id: z.string(),
    isCurrent: z.boolean().meta({ description: 'Whether it is the one that this request came with.' }),
    address: z.string().nullable().meta({ description: 'From which it was begun.' }),
    userAgent: z.string().nullable(),
    createdAt: instant,
    lastUsedAt: instant.meta({ description: 'To within five minutes.' }),
    expiresAt: instant.meta({ description: 'Put off by every use.' }),
  })
  .meta({ id: 'Session' });

export const newSessionSchema = z.object({ id: z.string(), username: z.string() }).meta({ id: 'NewSession' });

export const sessionPageSchema = z
  .object({ items: z.array(sessionSchema), nextCursor: z.string().optional() })
  .meta({ id: 'SessionPage' });

export type SignInBody = z.output<typeof signInSchema>;
export type SessionAnswer = z.output<typeof sessionSchema>;
export type NewSessionAnswer = z.output<typeof newSessionSchema>;
