import type { paths as generated } from './api.gen';
import type { paths as provisional } from './provisional';

/** The API's calls. */
export type Paths = Omit<generated, keyof provisional> & provisional;
