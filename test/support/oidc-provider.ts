import { generateKeyPairSync } from 'node:crypto';
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import Provider from 'oidc-provider';
import { freePort } from './free-port.js';

/** A person as the provider knows it; `sub` never changes. */
export interface Person {
  sub: string;
  preferred_username?: string;
  email?: string;
  email_verified?: boolean;
  groups?: string[];
}

/** A real OpenID Connect provider in this process, whose pages submit themselves. */
export interface TestProvider {
  issuer: string;
  clientSecret: string;
  /** Who sits at the browser. Undefined: who turns back. */
  person?: Person;
  /** Takes a Berth as its client, which it may send browsers back to. Before the first sign-in. */
  register(callbackUrls: string[]): void;
  /** The variables by which Berth knows it under this name. */
  env(name: string): Record<string, string>;
  close(): Promise<void>;
}

const clientId = 'berth';
const clientSecret = 'a secret of the client';

export async function startProvider(): Promise<TestProvider> {
  const port = await freePort();
  const issuer = `http://127.0.0.1:${port}`;
  let answer: RequestListener = (_request, response) => response.writeHead(503).end();
  const server = createServer((request, response) => answer(request, response));
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const test: TestProvider = {
    issuer,
    clientSecret,
    register: (callbackUrls) => {
      answer = listenerOf(issuer, callbackUrls, () => test.person);
    },
    env: (name) => ({
      [`BERTH_OIDC_${name.toUpperCase()}_ISSUER`]: issuer,
      [`BERTH_OIDC_${name.toUpperCase()}_CLIENT_ID`]: clientId,
      [`BERTH_OIDC_${name.toUpperCase()}_CLIENT_SECRET`]: clientSecret,
    }),
    close: () => close(server),
  };
  return test;
}

function listenerOf(
  issuer: string,
  callbackUrls: string[],
  atTheBrowser: () => Person | undefined,
): RequestListener {
  const people = new Map<string, Person>();
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uris: callbackUrls,
        response_types: ['code'],
        grant_types: ['authorization_code'],
        token_endpoint_auth_method: 'client_secret_post',
      },
    ],
    claims: {
      openid: ['sub'],
      profile: ['preferred_username', 'name', 'groups'],
      email: ['email', 'email_verified'],
    },
    ttl: { Interaction: 600, Session: 600, Grant: 600, AccessToken: 600, IdToken: 600 },
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
    cookies: { keys: ['of the tests'] },
    jwks: { keys: [{ ...privateKey(), use: 'sig', alg: 'RS256', kid: 'test' }] },
    findAccount: (_context, sub) => {
      const person = people.get(sub);
      return person && { accountId: sub, claims: () => ({ ...person }) };
    },
  });

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { prompt, params, session } = await provider.interactionDetails(request, response);
    const person = atTheBrowser();
    if (!person) {
      const result = { error: 'access_denied', error_description: 'the person turned back' };
      return provider.interactionFinished(request, response, result);
    }
    people.set(person.sub, person);
    if (prompt.name === 'login') {
      return provider.interactionFinished(request, response, { login: { accountId: person.sub } });
    }
    const grant = new provider.Grant({ accountId: session?.accountId, clientId: String(params.client_id) });
    grant.addOIDCScope(String(params.scope));
    return provider.interactionFinished(request, response, { consent: { grantId: await grant.save() } });
  };
  const handle = provider.callback();
  return (request, response) => {
    if (!request.url?.startsWith('/interaction/')) return void handle(request, response);
    answer(request, response).catch((error) => response.writeHead(500).end(String(error)));
  };
}

function privateKey() {
  return generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' });
}

async function close(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}
