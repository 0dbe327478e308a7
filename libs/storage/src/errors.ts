export abstract class BlobStoreError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** No object under this key: the caller's record and the store differ. */
export class BlobMissing extends BlobStoreError {
  constructor(
    readonly key: string,
    options?: ErrorOptions,
  ) {
    super(`no blob under key ${key}`, options);
  }
}

/** The blob ended before the size it had when it was opened. */
export class BlobDamaged extends BlobStoreError {
  constructor(
    readonly key: string,
    options?: ErrorOptions,
  ) {
    super(`the blob under key ${key} ended too early`, options);
  }
}

/** Another writer appended to, finished or aborted this upload meanwhile. */
export class UploadConflict extends BlobStoreError {
  constructor(
    readonly key: string,
    options?: ErrorOptions,
  ) {
    super(`another writer is at upload ${key}`, options);
  }
}

/** The store holds nothing, or less than the recorded bytes, of this upload. */
export class UploadMissing extends BlobStoreError {
  constructor(
    readonly key: string,
    options?: ErrorOptions,
  ) {
    super(`the bytes of upload ${key} are gone from the store`, options);
  }
}

export class RangeNotSatisfiable extends BlobStoreError {
  constructor(
    readonly sizeBytes: number,
    options?: ErrorOptions,
  ) {
    super(`the range lies outside the blob's ${sizeBytes} bytes`, options);
  }
}

export class StoreFull extends BlobStoreError {
  constructor(options?: ErrorOptions) {
    super('the blob store has no space left', options);
  }
}

export class StoreUnavailable extends BlobStoreError {
  constructor(reason: string, options?: ErrorOptions) {
    super(`the blob store cannot be reached: ${reason}`, options);
  }
}

/** What a blob was being sent to closed before all of it was there; nothing is wrong with the store. */
export class DestinationClosed extends BlobStoreError {
  constructor(options?: ErrorOptions) {
    super('the destination closed before the blob was sent', options);
  }
}
