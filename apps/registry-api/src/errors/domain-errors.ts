import type { ResourceScope } from '@berth/auth';

/** What went wrong, as facts; `errors/table.ts` says how the wire tells it. */
export abstract class DomainError extends Error {
  constructor(
    message: string,
    /** Facts for machines, the spec's `detail`. */
    readonly detail?: unknown,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** No valid credential, or a bearer that does not cover the request. */
export class Unauthorized extends DomainError {
  constructor(
    /** What the client should ask a token for. */
    readonly scopes: readonly ResourceScope[],
    readonly reason?: 'invalid_token' | 'insufficient_scope',
    message = 'Sign in to do this: log in with your user name and a password or access token.',
    options?: ErrorOptions,
  ) {
    super(message, undefined, options);
  }
}

export class NameUnknown extends DomainError {
  constructor(readonly repository: string) {
    super('There is no such repository, or you may not read it.');
  }
}

export class Denied extends DomainError {}

/** More than a limit of the namespace or of the instance allows. */
export class QuotaExceeded extends DomainError {}

/** The tag is held by rules of its repository or namespace. */
export class TagImmutable extends DomainError {
  constructor(tags: readonly string[], what: 'moved' | 'deleted') {
    const named = tags.map((tag) => `"${tag}"`).join(', ');
    const rule = `${tags.length === 1 ? 'is' : 'are'} immutable here and cannot be ${what}`;
    super(`${named} ${rule}${what === 'moved' ? ': push another tag' : ''}.`, { tags });
  }
}

export class NameInvalid extends DomainError {}

export class DigestInvalid extends DomainError {}

export class TagInvalid extends DomainError {}

export class PaginationInvalid extends DomainError {
  constructor(readonly given: string) {
    super(`"n" is the number of entries wanted, a whole number from 0; "${given}" is not.`);
  }
}

export class ManifestUnknown extends DomainError {
  constructor(readonly reference: string) {
    super(`This repository has no manifest "${reference}".`, { reference });
  }
}

export class ManifestInvalid extends DomainError {}

/** Several blobs or manifests that a pushed manifest refers to are not in the repository. */
export class ManifestReferencesUnknown extends DomainError {
  constructor(
    readonly blobs: readonly string[],
    readonly manifests: readonly string[],
  ) {
    super('The manifest refers to content that this repository does not have: push it first.');
  }
}

export class ManifestTooLarge extends DomainError {
  constructor(readonly limitBytes: number) {
    super(`A manifest may have at most ${limitBytes} bytes.`);
  }
}

/** The manifest or blob is part of something that is still there. */
export class StillReferenced extends DomainError {
  constructor(
    what: 'blob' | 'manifest',
    readonly parents: readonly string[],
  ) {
    super(`This ${what} is used by ${parents.join(', ')}: delete that first.`, { parents });
  }
}

export class BlobUnknown extends DomainError {
  constructor(readonly digest: string) {
    super('This repository has no such blob.', { digest });
  }
}

export class UploadUnknown extends DomainError {
  constructor(readonly uploadId: string) {
    super('There is no such upload: it was finished, cancelled or swept, or never begun. Start a new one.');
  }
}

export class UploadInvalid extends DomainError {}

/** Another request is writing to the upload right now, or changed it meanwhile. */
export class UploadBusy extends DomainError {
  constructor() {
    super('Another request is writing to this upload. Ask for its offset and go on from there.');
  }
}

/** The chunk does not start where the upload ends. */
export class UploadOutOfOrder extends DomainError {
  constructor(
    readonly location: string,
    readonly offsetBytes: number,
  ) {
    super(`The upload has ${offsetBytes} bytes: the next chunk must start there.`);
  }
}

export class SizeInvalid extends DomainError {}

export class UploadTooLarge extends DomainError {
  constructor(readonly limitBytes: number) {
    super(`A blob may have at most ${limitBytes} bytes.`);
  }
}

export class RangeUnsatisfiable extends DomainError {
  constructor(readonly sizeBytes: number) {
    super(`The range lies outside the blob's ${sizeBytes} bytes.`);
  }
}

/** The address or method is not one that Berth has. */
export class RouteUnknown extends DomainError {
  constructor(method: string, path: string) {
    super(`There is nothing at ${method} ${path}.`);
  }
}

/** A body, query or path of `/api/v1`, `/token` or `/v1/search` that does not fit its schema. */
export class RequestInvalid extends DomainError {}

/** A body of another media type than the route reads. */
export class MediaTypeUnsupported extends DomainError {
  constructor(readonly wanted: string) {
    super(`Send the body as ${wanted}.`);
  }
}

/** Something of `/api/v1` that does not exist, or must not be told apart from that. */
export class NotFound extends DomainError {
  constructor(what = 'There is nothing here.') {
    super(what);
  }
}

/** The change contradicts what is there: a name taken, a last owner, … */
export class Conflict extends DomainError {}

export class TooManyAttempts extends DomainError {
  constructor(
    readonly retryAfterSeconds: number,
    what: 'failed sign-ins' | 'sign-ups' = 'failed sign-ins',
  ) {
    super(`Too many ${what}: try again in ${retryAfterSeconds} seconds.`);
  }
}

/** More sign-ins are waiting to be checked than this process will hold. */
export class SignInBusy extends DomainError {
  constructor() {
    super('Too many sign-ins are being checked at the moment: try again.');
  }
}

/** This process has as many requests under way as it takes. */
export class TooManyRequests extends DomainError {
  constructor() {
    super('This Berth has more requests under way than it takes: try again.');
  }
}

/** One client has as many streams of events open as it may. */
export class TooManyStreams extends DomainError {
  constructor(limit: number) {
    super(`At most ${limit} streams of events may be open at once: close one.`);
  }
}

/** This process follows as many streams of events as it can, or stops. */
export class StreamsBusy extends DomainError {
  constructor() {
    super('Too many streams of events are open at the moment: try again.');
  }
}

/** Who signs people in elsewhere does not answer. */
export class ProviderUnreachable extends DomainError {
  constructor(provider: string, options?: ErrorOptions) {
    super(`"${provider}" cannot be reached at the moment: try again.`, undefined, options);
  }
}
