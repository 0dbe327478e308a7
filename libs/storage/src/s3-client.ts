import { readFileSync } from 'node:fs';
import { rootCertificates } from 'node:tls';
import { Client } from 'minio';
import { S3Transport } from './s3-transport.js';

export interface S3BlobStoreOptions {
  /** `http://` or `https://`, host and port. */
  readonly endpoint: string;
  /** Where clients reach the store, if elsewhere; presigned addresses are for it. */
  readonly publicEndpoint?: string;
  readonly bucket: string;
  /** `us-east-1` by default, as nearly every store that is not Amazon's. */
  readonly region?: string;
  readonly accessKey: string;
  readonly secretKey: string;
  /** The bucket in the path (default) or, if false, in the host name. */
  readonly pathStyle?: boolean;
  /** A PEM file of certificates to trust besides the well-known ones. */
  readonly caFile?: string;
  /** `AES256`, `aws:kms`, or `aws:kms:` and the id of a key. None by default. */
  readonly serverSideEncryption?: string;
  /** Whether `presignGet` gives addresses; false by default. */
  readonly redirect?: boolean;
}

export interface S3ClientLimits {
  readonly connectTimeoutMs: number;
  readonly idleTimeoutMs: number;
  readonly answerTimeoutMs?: number;
  readonly isAnswering?: () => Promise<boolean>;
}

/** A client and the connections it owns. */
export interface S3Client {
  readonly client: Client;
  close(): void;
}

/** Throws an `Error` in one sentence for an address or a certificate file that cannot be used. */
export function createS3Client(
  endpoint: string,
  options: S3BlobStoreOptions,
  limits: S3ClientLimits,
): S3Client {
  const url = parseEndpoint(endpoint);
  const isTls = url.protocol === 'https:';
  const transport = new S3Transport({
    isTls,
    ca: options.caFile ? readCa(options.caFile) : undefined,
    ...limits,
  });
  const client = new Client({
    endPoint: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? undefined : Number(url.port),
    useSSL: isTls,
    accessKey: options.accessKey,
    secretKey: options.secretKey,
    region: options.region ?? 'us-east-1',
    pathStyle: options.pathStyle ?? true,
    transport,
    transportAgent: transport.agent,
    // It repeats less than is safe, and writes to the console when it does.
    retryOptions: { disableRetry: true },
  });
  // Over plain HTTP the client would hash every body once more for its signature. Sending 8 MiB parts to a MinIO on
  // the same machine, that took 0.24 s of processor time for 256 MiB and reached 255 MiB/s; unsigned bodies took
  // 0.08 s and reached 390 MiB/s, as did presigned PUTs, which cannot carry the headers for encryption.
  client.enableSHA256 = false;
  return { client, close: () => transport.close() };
}

/** The headers with which an object is written encrypted. */
export function encryptionHeaders(serverSideEncryption: string | undefined): Record<string, string> {
  if (!serverSideEncryption) return {};
  const [, algorithm, keyId] = /^(AES256|aws:kms)(?::(.+))?$/.exec(serverSideEncryption) ?? [];
  if (!algorithm || (keyId && algorithm === 'AES256')) {
    throw new Error(
      `server-side encryption is AES256, aws:kms or aws:kms:KEY_ID, not ${serverSideEncryption}`,
    );
  }
  return {
    'x-amz-server-side-encryption': algorithm,
    ...(keyId && { 'x-amz-server-side-encryption-aws-kms-key-id': keyId }),
  };
}

function parseEndpoint(endpoint: string): URL {
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.pathname !== '/' || url.search || url.hash) {
    throw new Error(
      `an S3 endpoint is http:// or https:// with host and port and nothing more, not ${endpoint}`,
    );
  }
  return url;
}

function readCa(file: string): string[] {
  try {
    return [...rootCertificates, readFileSync(file, 'utf8')];
  } catch (cause) {
    throw new Error(`the certificates in ${file} cannot be read: ${(cause as Error).message}`, { cause });
  }
}
