import { describe, expect, it } from 'vitest';
import { describeEnv, parseEnv } from './env.js';

const corp = {
  BERTH_OIDC_PROVIDERS: 'corp',
  BERTH_OIDC_CORP_ISSUER: 'https://id.corp.example/realms/main',
  BERTH_OIDC_CORP_CLIENT_ID: 'berth',
};

describe('OpenID Connect providers in the environment', () => {
  it('are none unless named', () => {
    expect(parseEnv({})).toMatchObject({ ok: true, env: { oidcProviders: [] } });
  });

  it('have what is given, and the rest by default', () => {
    const parsed = parseEnv({ ...corp, BERTH_OIDC_CORP_GROUPS_CLAIM: 'roles' });
    expect(parsed.ok && parsed.env.oidcProviders).toEqual([
      {
        name: 'corp',
        label: 'corp',
        issuer: new URL('https://id.corp.example/realms/main'),
        clientId: 'berth',
        clientSecret: undefined,
        scopes: 'openid profile email',
        groupsClaim: 'roles',
        isSignupOpen: true,
      },
    ]);
  });

  it.each([
    [{ BERTH_OIDC_PROVIDERS: 'Corp' }, /^BERTH_OIDC_PROVIDERS must be names such as google,corp/],
    [{ BERTH_OIDC_PROVIDERS: 'corp,corp' }, /^BERTH_OIDC_PROVIDERS must not name a provider twice$/],
    [{ BERTH_OIDC_PROVIDERS: 'corp,other' }, /"other": set BERTH_OIDC_OTHER_ISSUER as well$/],
    [{ BERTH_OIDC_CORP_CLIENT_ID: '' }, /"corp": set BERTH_OIDC_CORP_CLIENT_ID as well$/],
    [{ BERTH_OIDC_OTHER_ISSUER: 'https://x.example' }, /^BERTH_OIDC_OTHER_ISSUER is no variable of Berth/],
    [{ BERTH_OIDC_CORP_COLOUR: 'red' }, /^BERTH_OIDC_CORP_COLOUR is no variable of Berth/],
    [{ BERTH_OIDC_CORP_ISSUER: 'id.corp.example' }, /^BERTH_OIDC_CORP_ISSUER: must be the issuer address/],
    [{ BERTH_OIDC_CORP_ISSUER: 'http://id.corp.example' }, /^BERTH_OIDC_CORP_ISSUER: must be https/],
    [{ BERTH_OIDC_CORP_SCOPES: 'profile email' }, /^BERTH_OIDC_CORP_SCOPES: must contain openid$/],
  ])('are refused in one sentence: %j', (wrong, sentence) => {
    expect(parseEnv({ ...corp, ...wrong })).toEqual({ ok: false, message: expect.stringMatching(sentence) });
  });

  it('are described', () => {
    const names = describeEnv().map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['BERTH_OIDC_PROVIDERS', 'BERTH_OIDC_<NAME>_ISSUER']));
  });
});
