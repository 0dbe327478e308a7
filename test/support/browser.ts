import supertest, { type Test } from 'supertest';
import type { Api } from './api.js';
import type { TestApp } from './app.js';
import type { Credentials } from './registry-client.js';

/** Somebody signed in with a browser: requests carry its cookie, and changes the origin of Berth's own pages. */
export interface Browser extends Api {
  /** `name=value`, as the browser sends it back. */
  readonly cookie: string;
  readonly sessionId: string;
}

/** Signs in; throws when that is refused. */
export async function signIn(app: TestApp, { username, password }: Credentials): Promise<Browser> {
  const response = await supertest(app.url)
    .post('/api/v1/sessions')
    .set('Origin', originOf(app))
    .send({ username, password });
  if (response.status !== 201) throw new Error(`the sign-in answered ${response.status}: ${response.text}`);
  return browserWith(app, cookieOf(response), response.body.id);
}

/** A browser that has this cookie, whatever it is worth. */
export function browserWith(app: TestApp, cookie: string, sessionId = ''): Browser {
  const send =
    (method: 'get' | 'post' | 'put' | 'patch' | 'delete') =>
    (path: string, body?: object): Test => {
      const request = supertest(app.url)[method](`/api/v1${path}`).set('Cookie', cookie);
      if (method !== 'get') request.set('Origin', originOf(app));
      return body === undefined ? request : request.send(body);
    };
  return {
    cookie,
    sessionId,
    get: send('get'),
    post: send('post'),
    put: send('put'),
    patch: send('patch'),
    delete: send('delete'),
  };
}

/** Where Berth's pages are, as a browser names it. */
export function originOf(app: TestApp): string {
  return `http://${app.host}`;
}

/** The first cookie of an answer, as a browser sends it back. */
export function cookieOf({ headers }: { headers: Record<string, unknown> }): string {
  const [cookie = ''] = headers['set-cookie'] as string[];
  return cookie.split(';', 1)[0] ?? '';
}
