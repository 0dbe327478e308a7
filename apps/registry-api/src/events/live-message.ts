/** What happens to a blob that is being pushed; `pushed` stands for a manifest, with which a push is done. */
export type UploadState = 'open' | 'finished' | 'gone' | 'pushed';

/** How far an upload is, as processes tell each other. */
export interface UploadNews {
  readonly repositoryId: string;
  /** The same for every process, and not the upload's own id, by which it is written to. */
  readonly id: string;
  readonly bytes: number;
  /** Where the client has sent a length. */
  readonly totalBytes: number | null;
  readonly digest: string | null;
  readonly state: UploadState;
  /** Of a manifest: its blobs, by their marks. */
  readonly blobs?: readonly string[];
}

/** Enough of a digest to know it by among those of a minute. */
export function blobMark(digest: string): string {
  return digest.slice(digest.indexOf(':') + 1).slice(0, 8);
}

export interface LiveMessage {
  readonly uploads: readonly UploadNews[];
  /** There are new rows in `events`. */
  readonly hasEvents: boolean;
}

/** In a SELECT of a rare transaction that writes events: tells of them when it commits. A push does so afterwards. */
export const tellOfEvents = `pg_notify('berth_live', '{"e":true,"u":[]}')`;

/** Postgres takes less than 8,000 bytes a notification. */
const MAX_PAYLOAD_BYTES = 7900;

/** The message in as many payloads as it needs. All of it is ASCII. */
export function encodeMessage({ uploads, hasEvents }: LiveMessage): string[] {
  const payloads: string[] = [];
  let entries: string[] = [];
  let size = 0;
  const close = (isLast: boolean) => {
    payloads.push(`{"e":${isLast && hasEvents},"u":[${entries.join(',')}]}`);
    entries = [];
    size = 0;
  };
  for (const { repositoryId, id, bytes, totalBytes, digest, state, blobs } of uploads) {
    const values: Entry = [repositoryId, id, bytes, totalBytes, digest, state];
    const entry = JSON.stringify(blobs ? [...values, blobs] : values);
    if (size + entry.length + 30 > MAX_PAYLOAD_BYTES) close(false);
    entries.push(entry);
    size += entry.length + 1;
  }
  close(true);
  return payloads;
}

type Entry = [string, string, number, number | null, string | null, UploadState, string[]?];

/** Undefined for what is no message of this version's. */
export function decodeMessage(payload: string): LiveMessage | undefined {
  try {
    const { e, u } = JSON.parse(payload) as { e: boolean; u: Entry[] };
    const uploads = u.map(([repositoryId, id, bytes, totalBytes, digest, state, blobs]) => ({
      repositoryId,
      id,
      bytes,
      totalBytes,
      digest,
      state,
      ...(blobs ? { blobs } : {}),
    }));
    return { uploads, hasEvents: e };
  } catch {
    return undefined;
  }
}
