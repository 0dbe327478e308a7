import { Digest, type ImageConfig, type ParsedManifest, parseImageConfig } from '@berth/oci';
import { describe, expect, it } from 'vitest';
import { bytesToPull, configChanges, divideLayers, envChanges, mapChanges } from './compare-manifests.js';

const configOf = (config: object, more: object = {}): ImageConfig =>
  parseImageConfig(Buffer.from(JSON.stringify({ ...more, config }))) as ImageConfig;

describe('what differs between two images', () => {
  it('is what only one of them says, and what both say differently', () => {
    const a = configOf({
      Entrypoint: ['/app'],
      Cmd: ['x', 'a b'],
      User: 'root',
      ExposedPorts: { '80/tcp': {} },
    });
    const b = configOf({ Entrypoint: ['/app'], User: 'app', ExposedPorts: { '90/udp': {}, '80/tcp': {} } });
    expect(configChanges(a, b)).toEqual([
      { key: 'cmd', a: '["x","a b"]', b: null },
      { key: 'user', a: 'root', b: 'app' },
      { key: 'exposedPorts', a: '80/tcp', b: '80/tcp, 90/udp' },
    ]);
    expect(configChanges(b, b)).toEqual([]);
  });

  it('takes ports and volumes as sets', () => {
    const [a, b] = [
      { '1/tcp': {}, '2/tcp': {} },
      { '2/tcp': {}, '1/tcp': {} },
    ].map((ExposedPorts) => configOf({ ExposedPorts }));
    expect(configChanges(a!, b!)).toEqual([]);
  });

  it('compares variables by name; an empty value is not an absent one', () => {
    const a = configOf({ Env: ['PATH=/bin', 'A=1=2', 'GONE=', 'TWICE=1', 'TWICE=2'] });
    const b = configOf({ Env: ['TWICE=2', 'PATH=/bin', 'A=1=3', 'BARE'] });
    expect(envChanges(a, b)).toEqual([
      { key: 'A', a: '1=2', b: '1=3' },
      { key: 'GONE', a: '', b: null },
      { key: 'BARE', a: null, b: '' },
    ]);
  });

  it('compares labels, whatever they are called', () => {
    const labels = JSON.parse('{"__proto__": "a", "constructor": "b", "same": "c"}');
    expect(mapChanges(labels, { same: 'c' })).toEqual([
      { key: '__proto__', a: 'a', b: null },
      { key: 'constructor', a: 'b', b: null },
    ]);
  });
});

describe('layers of two images', () => {
  const layer = (name: string, sizeBytes = 1) => ({
    mediaType: 'application/vnd.oci.image.layer.v1.tar',
    digest: Digest.ofBytes(Buffer.from(name)),
    sizeBytes,
  });
  const manifest = (config: string, ...layers: ReturnType<typeof layer>[]) =>
    ({ config: layer(config, 100), layers }) as unknown as ParsedManifest;

  it('are divided in their order', () => {
    const named = (...digests: string[]) => digests.map((digest) => ({ digest }));
    expect(divideLayers(named('a', 'b', 'c'), named('c', 'd', 'a', 'd'))).toEqual({
      shared: named('c', 'a'),
      onlyA: named('b'),
      onlyB: named('d', 'd'),
    });
  });

  it('are pulled once, with the config, where they are not there yet', () => {
    const base = layer('base', 1000);
    const a = manifest('a', base, layer('x', 7));
    const b = manifest('b', base, layer('y', 30), layer('y', 30));
    expect(bytesToPull(a, b)).toBe(130);
    expect(bytesToPull(b, a)).toBe(107);
    expect(bytesToPull(a, a)).toBe(0);
  });
});
