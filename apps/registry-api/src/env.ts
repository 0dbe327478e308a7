import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { z } from 'zod';

const flag = z.enum(['true', 'false']).transform((text) => text === 'true');
const port = z.coerce.number().int().min(0).max(65535);
const count = (min: number, max: number) => z.coerce.number().int().min(min).max(max);

/** One line of `docs/configuration.md`: schema, what it means, what stands there when nothing is set. */
interface Variable {
  readonly schema: z.ZodType;
  readonly meaning: string;
  readonly default: string;
}

const variable = <S extends z.ZodType>(schema: S, meaning: string, byDefault = '') => ({
  schema,
  meaning,
  default: byDefault,
});

const variables = {
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
      .refine((url) => new URL(url).pathname === '/', 'must have no path')
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
    'SQL connections of one worker process. `npm start` sets it to its share of 0.8 × `max_connections`.',
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
  BERTH_LOG_LEVEL: variable(
    z.enum(['fatal', 'error', 'warn', 'info', 'debug']).default('info'),
    'What is logged (JSON lines on standard error).',
    '`info`',
  ),
  BERTH_WEB_URL: variable(z.url().optional(), 'How the API finds the web app.', 'set by `npm start`'),
  BERTH_API_URL: variable(z.url().optional(), 'How the web app finds the API.', 'set by `npm start`'),
  BERTH_INTERNAL_SECRET: variable(
    z.string().min(32).optional(),
    'By which API and web app trust each other.',
    'set by `npm start`',
  ),
} satisfies Record<string, Variable>;

type Variables = typeof variables;
type RawEnv = { [Name in keyof Variables]: z.output<Variables[Name]['schema']> };

export interface S3Settings {
  readonly endpoint: string;
  readonly publicEndpoint?: string;
  readonly bucket: string;
  readonly region: string;
  readonly accessKey: string;
  readonly secretKey: string;
  readonly pathStyle: boolean;
  readonly caFile?: string;
  readonly serverSideEncryption?: 'AES256' | 'aws:kms';
  readonly redirect: boolean;
}

/** The validated configuration of one process. */
export interface Env {
  readonly port: number;
  /** Whether the port was asked for, so that another one must not be taken instead. */
  readonly isPortGiven: boolean;
  readonly host: string;
  readonly publicUrl: URL;
  readonly dataDirectory: string;
  readonly databaseUrl?: string;
  readonly databasePoolSize: number;
  readonly storage:
    | { readonly kind: 'filesystem'; readonly directory: string }
    | ({ readonly kind: 's3' } & S3Settings);
  readonly admin: { readonly username: string; readonly password?: string };
  readonly workers: number;
  readonly tls?: { readonly certFile: string; readonly keyFile: string };
  readonly trustedProxies: readonly string[];
  readonly isSignupOpen: boolean;
  readonly organizationsMadeBy: 'users' | 'admins';
  readonly isAnonymousPullAllowed: boolean;
  readonly defaultVisibility: 'private' | 'public';
  readonly auditDays: number;
  readonly logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug';
  readonly webUrl?: string;
  readonly internalSecret?: string;
}

export type ParsedEnv =
  | { readonly ok: true; readonly env: Env }
  | { readonly ok: false; readonly message: string };

/** Injection token of the configuration. */
export const ENV = Symbol('Env');

/** Validates the `BERTH_*` variables of a process; the message is one line for a person. */
export function parseEnv(source: Record<string, string | undefined>): ParsedEnv {
  const known = new Set(Object.keys(variables));
  const given = Object.entries(source).filter(([name, value]) => name.startsWith('BERTH_') && value !== '');
  for (const [name, value] of given) {
    if (!known.has(name) && !isInjectedByKubernetes(name)) {
      return refuse(`${name} is no variable of Berth; docs/configuration.md lists them all`);
    }
    if (name === 'BERTH_PORT' && value?.startsWith('tcp://')) delete source[name];
  }
  const raw: Record<string, unknown> = {};
  for (const [name, { schema }] of Object.entries(variables) as [string, Variable][]) {
    const parsed = schema.safeParse(source[name] === '' ? undefined : source[name]);
    if (!parsed.success) {
      const reason = parsed.error.issues[0]?.message ?? 'not valid';
      return refuse(`${name}=${JSON.stringify(source[name])}: ${reason}`);
    }
    raw[name] = parsed.data;
  }
  return assemble(raw as RawEnv);
}

/** The rows of `docs/configuration.md`. */
export function describeEnv(): { name: string; default: string; meaning: string }[] {
  return Object.entries(variables).map(([name, { default: byDefault, meaning }]) => ({
    name,
    default: byDefault,
    meaning,
  }));
}

function assemble(raw: RawEnv): ParsedEnv {
  const listenPort = raw.BERTH_PORT ?? 5000;
  const isTlsGiven = raw.BERTH_TLS_CERT !== undefined || raw.BERTH_TLS_KEY !== undefined;
  if (isTlsGiven && !(raw.BERTH_TLS_CERT && raw.BERTH_TLS_KEY)) {
    return refuse('BERTH_TLS_CERT and BERTH_TLS_KEY belong together: set both or none');
  }
  const scheme = isTlsGiven ? 'https' : 'http';
  const publicUrl = new URL(raw.BERTH_PUBLIC_URL ?? `${scheme}://localhost:${listenPort}`);
  if (!isLoopback(raw.BERTH_HOST) && isLoopback(publicUrl.hostname)) {
    return refuse(
      `BERTH_HOST=${raw.BERTH_HOST} is open to the network, but clients would be sent to ${publicUrl.origin}: set BERTH_PUBLIC_URL to the address they use`,
    );
  }
  const storage = raw.BERTH_STORAGE === 's3' ? s3Storage(raw) : filesystemStorage(raw);
  if (typeof storage === 'string') return refuse(storage);
  const env: Env = {
    port: listenPort,
    isPortGiven: raw.BERTH_PORT !== undefined,
    host: raw.BERTH_HOST,
    publicUrl,
    dataDirectory: resolve(raw.BERTH_DATA_DIR),
    databaseUrl: raw.BERTH_DATABASE_URL,
    databasePoolSize: raw.BERTH_DATABASE_POOL_SIZE,
    storage,
    admin: { username: raw.BERTH_ADMIN_USERNAME, password: raw.BERTH_ADMIN_PASSWORD },
    workers: raw.BERTH_WORKERS ?? Math.min(2, availableParallelism()),
    tls: isTlsGiven ? { certFile: raw.BERTH_TLS_CERT ?? '', keyFile: raw.BERTH_TLS_KEY ?? '' } : undefined,
    trustedProxies: (raw.BERTH_TRUSTED_PROXIES ?? '')
      .split(',')
      .map((part) => part.trim())
      .filter(Boolean),
    isSignupOpen: raw.BERTH_SIGNUP === 'open',
    organizationsMadeBy: raw.BERTH_ORGANIZATIONS,
    isAnonymousPullAllowed: raw.BERTH_ANONYMOUS === 'pull',
    defaultVisibility: raw.BERTH_DEFAULT_VISIBILITY,
    auditDays: raw.BERTH_AUDIT_DAYS,
    logLevel: raw.BERTH_LOG_LEVEL,
    webUrl: raw.BERTH_WEB_URL,
    internalSecret: raw.BERTH_INTERNAL_SECRET,
  };
  return { ok: true, env };
}

function filesystemStorage(raw: RawEnv): Env['storage'] {
  return { kind: 'filesystem', directory: resolve(raw.BERTH_DATA_DIR, 'blobs') };
}

function s3Storage(raw: RawEnv): Env['storage'] | string {
  const { BERTH_S3_ENDPOINT, BERTH_S3_BUCKET, BERTH_S3_ACCESS_KEY, BERTH_S3_SECRET_KEY } = raw;
  if (!BERTH_S3_ENDPOINT || !BERTH_S3_BUCKET || !BERTH_S3_ACCESS_KEY || !BERTH_S3_SECRET_KEY) {
    return 'BERTH_STORAGE=s3 needs BERTH_S3_ENDPOINT, BERTH_S3_BUCKET, BERTH_S3_ACCESS_KEY and BERTH_S3_SECRET_KEY';
  }
  if (raw.BERTH_S3_CA !== undefined && !isReadable(raw.BERTH_S3_CA)) {
    return `BERTH_S3_CA=${raw.BERTH_S3_CA} cannot be read`;
  }
  return {
    kind: 's3',
    endpoint: BERTH_S3_ENDPOINT,
    publicEndpoint: raw.BERTH_S3_PUBLIC_ENDPOINT,
    bucket: BERTH_S3_BUCKET,
    region: raw.BERTH_S3_REGION,
    accessKey: BERTH_S3_ACCESS_KEY,
    secretKey: BERTH_S3_SECRET_KEY,
    pathStyle: raw.BERTH_S3_PATH_STYLE,
    caFile: raw.BERTH_S3_CA,
    serverSideEncryption: raw.BERTH_S3_SSE,
    redirect: raw.BERTH_S3_REDIRECT,
  };
}

function isReadable(file: string): boolean {
  try {
    readFileSync(file);
    return true;
  } catch {
    return false;
  }
}

/** Kubernetes puts these into every container of a namespace that has a service called `berth`. */
function isInjectedByKubernetes(name: string): boolean {
  return /^BERTH_(SERVICE|PORT)_/.test(name);
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host === '[::1]' || /^127\./.test(host);
}

function refuse(message: string): ParsedEnv {
  return { ok: false, message };
}
