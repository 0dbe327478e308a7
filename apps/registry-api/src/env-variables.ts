import { z } from 'zod';
import { providerNames } from './env-oidc.js';

const flag = z.enum(['true', 'false']).transform((text) => text === 'true');
const port = z.coerce.number().int().min(0).max(65535);
const count = (min: number, max: number) => z.coerce.number().int().min(min).max(max);

/** One line of `docs/configuration.md`: schema, what it means, what stands there when nothing is set. */
export interface Variable {
  readonly schema: z.ZodType;
  readonly meaning: string;
  readonly default: string;
}

const variable = <S extends z.ZodType>(schema: S, meaning: string, byDefault = '') => ({
  schema,
  meaning,
  default: byDefault,
});

/** Every variable of Berth, in the order in which `docs/configuration.md` lists them. */
export const variables = {
  BERTH_PORT: variable(
    port.optional(),
    'Port to listen on. Not set and 5000 taken: `npm start` takes the next free one up to 5010 and says so.',
    '`5000`',
  ),
  BERTH_HOST: variable(
    z.string().min(1).default('127.0.0.1'),
    'Address to listen on; `0.0.0.0` in containers.',
    '`127.0.0.1`',
  ),
  BERTH_PUBLIC_URL: variable(
    z
      .url({ protocol: /^https?$/ })
      .refine((url) => (URL.parse(url)?.pathname ?? '/') === '/', 'must have no path')
      .optional(),
    'What clients call this Berth. The token realm and absolute addresses derive from it, never from the Host header.',
    '`http://localhost:$BERTH_PORT`',
  ),
  BERTH_DATA_DIR: variable(
    z.string().min(1).default('./data'),
    'Where embedded Postgres and the blobs of the filesystem store lie.',
    '`./data`',
  ),
  BERTH_DATABASE_URL: variable(
    z.url({ protocol: /^postgres(ql)?$/ }).optional(),
    'A Postgres of your own, `postgres://user:password@host/database`.',
    'embedded Postgres',
  ),
  BERTH_DATABASE_POOL_SIZE: variable(
    count(2, 1000).default(10),
    'SQL connections of one worker process. `npm start` sets it to 8 on embedded Postgres, and to its share of 0.8 × `max_connections` on one of your own.',
    '`10`',
  ),
  BERTH_STORAGE: variable(
    z.enum(['filesystem', 's3']).default('filesystem'),
    'Where blobs lie: `filesystem` or `s3`.',
    '`filesystem`',
  ),
  BERTH_S3_ENDPOINT: variable(
    z.url({ protocol: /^https?$/ }).optional(),
    'Address of the S3-compatible store.',
  ),
  BERTH_S3_PUBLIC_ENDPOINT: variable(
    z.url({ protocol: /^https?$/ }).optional(),
    'Address of the same store as clients reach it, for redirects.',
    '`BERTH_S3_ENDPOINT`',
  ),
  BERTH_S3_BUCKET: variable(z.string().min(3).optional(), 'Bucket; made when it does not exist.'),
  BERTH_S3_REGION: variable(z.string().min(1).default('us-east-1'), 'Region of the bucket.', '`us-east-1`'),
  BERTH_S3_ACCESS_KEY: variable(z.string().min(1).optional(), 'Access key.'),
  BERTH_S3_SECRET_KEY: variable(z.string().min(1).optional(), 'Secret key.'),
  BERTH_S3_PATH_STYLE: variable(
    flag.default(true),
    'Bucket in the path (`true`) or in the host name (`false`).',
    '`true`',
  ),
  BERTH_S3_CA: variable(
    z.string().min(1).optional(),
    'File with the certificate authority of the store, PEM.',
  ),
  BERTH_S3_SSE: variable(
    z.enum(['AES256', 'aws:kms']).optional(),
    'Server-side encryption asked of the store: `AES256` or `aws:kms`.',
    'none',
  ),
  BERTH_S3_REDIRECT: variable(
    flag.default(false),
    'Answer blob GETs with 307 and a presigned address of the store, valid 60 s.',
    '`false`',
  ),
  BERTH_ADMIN_USERNAME: variable(
    z.string().min(1).default('admin'),
    'The first admin, made once, when no user exists.',
    '`admin`',
  ),
  BERTH_ADMIN_PASSWORD: variable(z.string().min(1).optional(), 'Its password.', 'generated and printed once'),
  BERTH_WORKERS: variable(
    count(1, 256).optional(),
    'Worker processes; `1` in containers.',
    'the smaller of 2 and the number of processors',
  ),
  BERTH_START_PATIENCE: variable(
    count(0, 3600).default(60),
    'Seconds for which a start waits for a database or a store that does not answer yet, with a line for each try.',
    '`60`',
  ),
  BERTH_DRAIN_SECONDS: variable(
    count(0, 300).default(0),
    'How long `/readyz` answers 503 before a worker that ends stops listening; behind a gateway, longer than it takes to notice.',
    '`0`',
  ),
  BERTH_TLS_CERT: variable(
    z.string().min(1).optional(),
    'Certificate file (PEM) to serve HTTPS itself; read again when it changes.',
  ),
  BERTH_TLS_KEY: variable(z.string().min(1).optional(), 'Key file (PEM) of the certificate.'),
  BERTH_TRUSTED_PROXIES: variable(
    z.string().optional(),
    'Addresses or networks, comma separated, whose `X-Forwarded-*` headers count.',
    'none',
  ),
  BERTH_SIGNUP: variable(
    z.enum(['closed', 'open']).default('closed'),
    '`open`: anybody may make an account.',
    '`closed`',
  ),
  BERTH_ORGANIZATIONS: variable(
    z.enum(['users', 'admins']).default('users'),
    'Who may make organizations: every user, or admins only.',
    '`users`',
  ),
  BERTH_ANONYMOUS: variable(
    z.enum(['pull', 'none']).default('pull'),
    '`none`: nothing without an account; public then means all accounts.',
    '`pull`',
  ),
  BERTH_OIDC_PROVIDERS: variable(
    providerNames.optional(),
    'Names of OpenID Connect providers to sign in with, comma separated (`google,corp`); see `docs/oidc.md`.',
    'none',
  ),
  BERTH_DEFAULT_VISIBILITY: variable(
    z.enum(['private', 'public']).default('private'),
    'Visibility of a repository that a push creates.',
    '`private`',
  ),
  BERTH_AUDIT_DAYS: variable(
    count(1, 36_500).default(365),
    'How many days entries of the audit log are kept.',
    '`365`',
  ),
  BERTH_COLLECTION_GRACE_SECONDS: variable(
    count(0, 315_360_000).default(86_400),
    'How long a blob that nothing needs stays after it was last touched; see `docs/storage.md`.',
    '`86400`',
  ),
  BERTH_JOBS: variable(
    z.enum(['on', 'off']).default('on'),
    '`off`: this process leaves jobs (collection, clean-up) to others on the same database.',
    '`on`',
  ),
  BERTH_TRASH_DAYS: variable(
    count(0, 3650).default(7),
    'How many days what was deleted can be restored; its space is freed after that.',
    '`7`',
  ),
  BERTH_LOG_LEVEL: variable(
    z.enum(['fatal', 'error', 'warn', 'info', 'debug']).default('info'),
    'What is logged, on standard error.',
    '`info`',
  ),
  BERTH_LOG_FORMAT: variable(
    z.enum(['auto', 'json', 'pretty']).default('auto'),
    '`json`: a JSON object on each line. `pretty`: lines for people. `auto`: pretty in a terminal, JSON elsewhere.',
    '`auto`',
  ),
  BERTH_METRICS_TOKEN: variable(
    z.string().min(16, 'must have at least 16 characters').optional(),
    'Who sends this as a bearer token may read `/metrics`. Without it only programs of the same machine may; see `docs/monitoring.md`.',
    'this machine only',
  ),
  BERTH_WEB_URL: variable(
    z.url().optional(),
    'Where the API finds the web app. Given, `npm start` runs none.',
    'set by `npm start`',
  ),
  BERTH_API_URL: variable(z.url().optional(), 'Where the web app finds the API.', 'set by `npm start`'),
  BERTH_INTERNAL_SECRET: variable(
    z.string().min(32).optional(),
    'By which API and web app trust each other.',
    'set by `npm start`',
  ),
} satisfies Record<string, Variable>;
