/** An answer of the API that is no success: its status, and the sentence of its `application/problem+json`. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';

  constructor(
    readonly status: number,
    readonly sentence: string,
    options?: ErrorOptions,
  ) {
    super(`${status}: ${sentence}`, options);
  }
}

/** The API does not answer at all, or says that it cannot at the moment. */
export class ApiUnavailable extends ApiProblem {
  constructor(options?: ErrorOptions) {
    super(503, 'Berth does not answer at the moment. Nothing is lost: try again in a minute.', options);
  }
}

/** The sentence of a problem document, or one that fits the status when the body is something else. */
export function problemSentence(status: number, body: unknown): string {
  const { detail, title } = (typeof body === 'object' && body !== null ? body : {}) as Record<
    string,
    unknown
  >;
  if (typeof detail === 'string' && detail !== '') return detail;
  if (typeof title === 'string' && title !== '') return title;
  if (status === 401) return 'Your session has ended: sign in again.';
  if (status === 403) return 'You may not do this here.';
  if (status === 404) return 'This is not here any more.';
  if (status === 429) return 'That was too often: wait a minute and try again.';
  return 'That did not work: try again.';
}
