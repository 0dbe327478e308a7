import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { basicChallenge, bearerChallenge } from './challenge.js';

const realm = 'https://registry.example.org/token';
const service = 'registry.example.org';

describe('bearerChallenge', () => {
  it('names where to get a token, and nothing more without scopes', () => {
    expect(bearerChallenge({ realm, service, scopes: [] })).toBe(
      'Bearer realm="https://registry.example.org/token",service="registry.example.org"',
    );
  });

  it('names scopes separated by spaces, and the error', () => {
    const scopes = [
      { type: 'repository', name: 'alice/app', actions: ['pull', 'push'] },
      { type: 'repository', name: 'bob/app', actions: ['pull'] },
    ];
    expect(bearerChallenge({ realm, service, scopes, error: 'insufficient_scope' })).toBe(
      'Bearer realm="https://registry.example.org/token",service="registry.example.org",' +
        'scope="repository:alice/app:pull,push repository:bob/app:pull",error="insufficient_scope"',
    );
    expect(
      bearerChallenge({
        realm,
        service,
        scopes: [],
        error: 'invalid_token',
        errorDescription: 'it has expired',
      }),
    ).toContain(',error="invalid_token",error_description="it has expired"');
  });

  it('can be read back whatever it is made of, and fits into a header', () => {
    const printable = fc.string({
      unit: fc.integer({ min: 0x20, max: 0x7e }).map((c) => String.fromCharCode(c)),
    });
    fc.assert(
      fc.property(printable, printable, printable, (anyRealm, anyService, name) => {
        const scopes = [{ type: 'repository', name, actions: ['pull'] }];
        const header = bearerChallenge({ realm: anyRealm, service: anyService, scopes });
        expect(parametersOf(header)).toEqual([
          ['realm', anyRealm],
          ['service', anyService],
          ['scope', `repository:${name}:pull`],
        ]);
      }),
    );
  });

  it('never lets a line break or a character beyond ASCII through', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const scopes = [{ type: 'repository', name: text, actions: [text] }];
        const header = bearerChallenge({
          realm: text,
          service: text,
          scopes,
          error: 'invalid_token',
          errorDescription: text,
        });
        expect(header).toMatch(/^[\x20-\x7e]*$/);
        expect(basicChallenge(text)).toMatch(/^[\x20-\x7e]*$/);
      }),
    );
  });

  it('has the word of its scheme once, as clients search for it', () => {
    expect(bearerChallenge({ realm, service, scopes: [] }).match(/bearer|basic/gi)).toEqual(['Bearer']);
    expect(basicChallenge('Berth').match(/bearer|basic/gi)).toEqual(['Basic']);
  });
});

/** A reader by RFC 9110, section 11.2, of its own. */
function parametersOf(header: string): [string, string][] {
  const found = [...header.slice('Bearer '.length).matchAll(/([a-z_]+)="((?:[^"\\]|\\.)*)"(?:,|$)/g)];
  expect(`Bearer ${found.map(([text]) => text).join('')}`).toBe(header);
  return found.map(([, name = '', value = '']) => [name, value.replace(/\\(.)/g, '$1')]);
}
