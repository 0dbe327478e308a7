import supertest, { type Test } from 'supertest';
import { basic } from './authorization.js';
import type { Credentials } from './registry-client.js';

/** Requests of one person to `/api/v1`; await them, or call supertest's `expect` on them. */
export interface Api {
  get(path: string): Test;
  post(path: string, body?: object): Test;
  put(path: string, body?: object): Test;
  patch(path: string, body?: object): Test;
  delete(path: string): Test;
}

/** As whom the credentials are, or anonymous without; paths follow `/api/v1`. */
export function apiOf(app: { url: string }, credentials?: Credentials): Api {
  const send = (method: 'get' | 'post' | 'put' | 'patch' | 'delete') => (path: string, body?: object) => {
    const request = supertest(app.url)[method](`/api/v1${path}`);
    if (credentials) request.set('Authorization', basic(credentials));
    return body === undefined ? request : request.send(body);
  };
  return {
    get: send('get'),
    post: send('post'),
    put: send('put'),
    patch: send('patch'),
    delete: send('delete'),
  };
}
