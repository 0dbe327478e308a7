import { TOKEN_MAX_LENGTH } from '@berth/auth';

const KIB = 1024;
const MIB = 1024 * KIB;

/** Limits that follow from the distribution spec or protect the process; `docs/limits.md` explains them. */
export const limits = {
  /** Spec, "Pushing Manifests": at least 4 megabytes; larger ones get 413. */
  manifestBytes: 4 * MIB,
  /** One blob: 1 TiB. */
  uploadBytes: 1024 * 1024 * MIB,
  /** Most entries of one page of tags, catalog or referrers. */
  pageSize: 1000,
  /** Spec, "Pushing manifests": at least 10 tags per request. */
  tagsPerPush: 100,
  /** Levels of index within index. */
  indexDepth: 8,
  /** Largest image config that is read for what pages show. */
  shownConfigBytes: MIB,
  /** Images of more layers are not looked up as bases of others. */
  chainedLayers: 500,
  /** In a repository of more manifests it is not counted what each image has alone. */
  uniqueBytesManifests: 5000,
  /** An upload of so few bytes that came in one request waits with its record, not in the store. */
  heldUploadBytes: 32 * KIB,
  /** A body of more bytes, that has to be held whole, waits for a place among `largeBodiesAtOnce` of a process. */
  smallBodyBytes: 64 * KIB,
  largeBodiesAtOnce: 1,
  /** Request line and headers. A token for a hundred repositories of usual names has about 20 KiB; Node's own limit is 16. */
  headerBytes: 64 * KIB,
  /** A token that leaves no room for other headers beside it would be of no use. */
  tokenBytes: TOKEN_MAX_LENGTH,
  jsonBodyBytes: MIB,
  readmeBytes: 256 * KIB,
  descriptionCharacters: 1000,
  /** Days for which pulls by day are kept, of each repository and tag. */
  pullDays: 90,
  /** Tags, and clients of digests, whose pulls one process holds between two writes. */
  heldPulls: 20_000,
  /** Streams of events that one account, or one address without one, may have open at a process. */
  streamsPerClient: 20,
  streamsPerProcess: 1000,
  /** What a stream holds for a client that does not read. */
  streamBufferBytes: MIB,
  /** Days for which events are kept. */
  eventDays: 7,
  /** Events that a stream which was interrupted is told of at most, the newest. */
  missedEvents: 100,
  /** Repositories, and blobs of each, whose pushes a process follows at once. */
  livePushes: 1000,
  liveUploadsOfPush: 200,
  /** Manifests and blobs up to `cachedBlobBytes` that one process keeps in memory. */
  cacheBytes: 64 * MIB,
  cachedBlobBytes: 64 * KIB,
  /** What is still read, and dropped, of the body of a refused request before its connection is cut. */
  droppedBodyBytes: 16 * MIB,
  /** Requests under way in one process; beyond, clients are told to come back before memory or patience ends. */
  requestsAtOnce: 2000,
  /** A connection on which nothing moves for this long is closed. */
  idleSeconds: 60,
  /** A refresh token nobody used for this long is removed: docker login once more. */
  unusedRefreshTokenSeconds: 90 * 24 * 60 * 60,
  /** An upload nobody touched for this long is removed. */
  abandonedUploadSeconds: 24 * 60 * 60,
} as const;
