/** What Next gives a page of its query. */
export interface PageQuery {
  readonly searchParams: Promise<Query>;
}

export type Query = Record<string, string | string[] | undefined>;

/** A parameter's value; the first when somebody gives several. */
export function single(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}

/** A parameter's value if it is one of those that the page knows. */
export function oneOf<Known extends string>(
  value: string | string[] | undefined,
  known: readonly Known[],
): Known | undefined {
  return known.find((candidate) => candidate === single(value));
}
