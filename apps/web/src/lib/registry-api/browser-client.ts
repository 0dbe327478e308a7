import createClient from 'openapi-fetch';
import type { paths as Paths } from './api.gen';

/** The API from the browser: same address, the session's cookie goes along. */
export const browserApi = createClient<Paths>({ baseUrl: '/', credentials: 'same-origin' });
