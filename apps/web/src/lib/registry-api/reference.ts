import 'server-only';
import { apiUrl } from '../env';
import type { OpenApiDocument } from '../reference/document';
import { ApiUnavailable } from './problem';

/** The API's own description of itself. Throws `ApiUnavailable`. */
export async function readReference(): Promise<OpenApiDocument> {
  try {
    const response = await fetch(new URL('/api/v1/openapi.json', apiUrl), { cache: 'no-store' });
    if (!response.ok) throw new Error(`the API's document: ${response.status}`);
    return (await response.json()) as OpenApiDocument;
  } catch (cause) {
    throw new ApiUnavailable({ cause });
  }
}
