import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import type { z } from 'zod';
import {
  type OidcSettings,
  oidcVariableNames,
  oidcVariables,
  parseOidcSettings,
  providerNames,
} from './env-oidc.js';
import { type Variable, variables } from './env-variables.js';

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
  readonly startPatienceSeconds: number;
  readonly drainSeconds: number;
  readonly tls?: { readonly certFile: string; readonly keyFile: string };
  readonly trustedProxies: readonly string[];
  readonly isSignupOpen: boolean;
  /** Whom people may sign in with, beside their passwords. */
  readonly oidcProviders: readonly OidcSettings[];
  readonly organizationsMadeBy: 'users' | 'admins';
  readonly isAnonymousPullAllowed: boolean;
  readonly defaultVisibility: 'private' | 'public';
  readonly auditDays: number;
  /** How long nobody may have touched what a collection removes. */
  readonly collectionGraceSeconds: number;
  /** Whether this process works off jobs. */
  readonly areJobsRun: boolean;
  /** How long what was deleted can be restored. */
  readonly trashDays: number;
  readonly logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug';
  readonly logFormat: 'auto' | 'json' | 'pretty';
  readonly webUrl?: string;
  readonly internalSecret?: string;
  readonly metricsToken?: string;
}

export type ParsedEnv =
  | { readonly ok: true; readonly env: Env }
  | { readonly ok: false; readonly message: string };

/** What stands in `.env.example` where a secret belongs. */
const EXAMPLE_VALUE = 'change-me';

/** Injection token of the configuration. */
export const ENV = Symbol('Env');

/** Validates the `BERTH_*` variables of a process; the message is one line for a person. */
export function parseEnv(source: Record<string, string | undefined>): ParsedEnv {
  const oidcNames = providerNames.optional().safeParse(source.BERTH_OIDC_PROVIDERS || undefined);
  // Which names are known depends on it.
  if (!oidcNames.success) return refuse(`BERTH_OIDC_PROVIDERS ${oidcNames.error.issues[0]?.message}`);
  const known = new Set([...Object.keys(variables), ...oidcVariableNames(oidcNames.data ?? [])]);
  const given = Object.entries(source).filter(([name, value]) => name.startsWith('BERTH_') && value !== '');
  for (const [name, value] of given) {
    if (!known.has(name) && !isInjectedByKubernetes(name)) {
      return refuse(`${name} is no variable of Berth; docs/configuration.md lists them all`);
    }
    if (name === 'BERTH_PORT' && value?.startsWith('tcp://')) delete source[name];
    if (value?.includes(EXAMPLE_VALUE)) {
      return refuse(`${name} has the value of .env.example: deploy/make-env writes one that nobody knows`);
    }
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
  const oidcProviders = parseOidcSettings(oidcNames.data ?? [], source);
  if (typeof oidcProviders === 'string') return refuse(oidcProviders);
  return assemble(raw as RawEnv, oidcProviders);
}

/** The configuration of this process. */
export function readEnv(): ParsedEnv {
  return parseEnv({ ...process.env });
}

/** The rows of `docs/configuration.md`. */
export function describeEnv(): { name: string; default: string; meaning: string }[] {
  return Object.entries(variables).flatMap(([name, { default: byDefault, meaning }]) => [
    { name, default: byDefault, meaning },
    ...(name === 'BERTH_OIDC_PROVIDERS' ? oidcVariables : []),
  ]);
}

function assemble(raw: RawEnv, oidcProviders: readonly OidcSettings[]): ParsedEnv {
  const listenPort = raw.BERTH_PORT ?? 5000;
  const isTlsGiven = raw.BERTH_TLS_CERT !== undefined || raw.BERTH_TLS_KEY !== undefined;
  if (isTlsGiven && !(raw.BERTH_TLS_CERT && raw.BERTH_TLS_KEY)) {
    return refuse('BERTH_TLS_CERT and BERTH_TLS_KEY belong together: set both or none');
  }
  const scheme = isTlsGiven ? 'https' : 'http';
  const publicUrl = new URL(raw.BERTH_PUBLIC_URL ?? `${scheme}://localhost:${listenPort}`);
  // One that was set is meant: a container listens everywhere, also where only this machine reaches its port.
  if (!raw.BERTH_PUBLIC_URL && !isLoopback(raw.BERTH_HOST) && isLoopback(publicUrl.hostname)) {
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
    startPatienceSeconds: raw.BERTH_START_PATIENCE,
    drainSeconds: raw.BERTH_DRAIN_SECONDS,
    workers: raw.BERTH_WORKERS ?? Math.min(2, availableParallelism()),
    tls: isTlsGiven ? { certFile: raw.BERTH_TLS_CERT ?? '', keyFile: raw.BERTH_TLS_KEY ?? '' } : undefined,
    trustedProxies: (raw.BERTH_TRUSTED_PROXIES ?? '')
      .split(',')
      .map((part) => part.trim())
      .filter(Boolean),
    isSignupOpen: raw.BERTH_SIGNUP === 'open',
    oidcProviders,
    organizationsMadeBy: raw.BERTH_ORGANIZATIONS,
    isAnonymousPullAllowed: raw.BERTH_ANONYMOUS === 'pull',
    defaultVisibility: raw.BERTH_DEFAULT_VISIBILITY,
    auditDays: raw.BERTH_AUDIT_DAYS,
    collectionGraceSeconds: raw.BERTH_COLLECTION_GRACE_SECONDS,
    areJobsRun: raw.BERTH_JOBS === 'on',
    trashDays: raw.BERTH_TRASH_DAYS,
    logLevel: raw.BERTH_LOG_LEVEL,
    logFormat: raw.BERTH_LOG_FORMAT,
    webUrl: raw.BERTH_WEB_URL,
    internalSecret: raw.BERTH_INTERNAL_SECRET,
    metricsToken: raw.BERTH_METRICS_TOKEN,
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
