/** Routes whose answers depend on no repository, namespace or account of whoever asks, and why. */
export const routesWithoutProbe: Readonly<Record<string, string>> = {
  'GET /': 'the same page for everybody',
  'GET /healthz': 'how Berth itself is',
  'GET /readyz': 'how Berth itself is',
  'GET /metrics': 'counts of requests, without names',
  'GET /api/v1/openapi.json': 'the API, not what is in it',
  'GET /token/keys': 'public keys',
  'GET /v1/_ping': 'a constant',
  'ALL /v2/*path': 'addresses that are none',
  'POST /api/v1/sessions': 'reads no credential but the password in its body',
  'GET /api/v1/oidc/providers': 'the ways to sign in',
  'GET /api/v1/oidc/:provider/login': 'a way to sign in',
  'GET /api/v1/oidc/:provider/callback': 'a way to sign in',
  'GET /api/v1/password-resets/:secret': 'its secret is the only credential',
  'POST /api/v1/password-resets/:secret': 'its secret is the only credential',
};
