import { describe, expect, it } from 'vitest';
import { chainIds, parseImageConfig, platformLabel } from './index.js';

const parse = (json: unknown) => parseImageConfig(Buffer.from(JSON.stringify(json)));

describe('parseImageConfig', () => {
  it('reads what the image spec names', () => {
    expect(
      parse({
        os: 'linux',
        architecture: 'arm64',
        variant: 'v8',
        created: '2026-01-02T03:04:05Z',
        author: 'Ann',
        config: {
          Entrypoint: ['/app'],
          Cmd: ['--help'],
          Env: ['PATH=/bin'],
          ExposedPorts: { '80/tcp': {}, '53/udp': {} },
          Volumes: { '/data': {} },
          User: '1000:1000',
          WorkingDir: '/srv',
          Labels: { team: 'payments' },
          StopSignal: 'SIGTERM',
        },
        rootfs: { type: 'layers', diff_ids: ['sha256:aa'] },
        history: [{ created_by: 'COPY . .' }, { created_by: 'ENV A=1', empty_layer: true }, {}],
      }),
    ).toEqual({
      os: 'linux',
      architecture: 'arm64',
      variant: 'v8',
      created: '2026-01-02T03:04:05Z',
      author: 'Ann',
      entrypoint: ['/app'],
      cmd: ['--help'],
      env: ['PATH=/bin'],
      exposedPorts: ['80/tcp', '53/udp'],
      volumes: ['/data'],
      user: '1000:1000',
      workingDir: '/srv',
      labels: { team: 'payments' },
      stopSignal: 'SIGTERM',
      history: [
        { createdBy: 'COPY . .', isEmpty: false },
        { createdBy: 'ENV A=1', isEmpty: true },
        { createdBy: null, isEmpty: false },
      ],
      diffIds: ['sha256:aa'],
    });
  });

  it('takes whatever has another form as left out', () => {
    const config = {
      Entrypoint: '/app',
      Cmd: [1, '/bin/sh', null],
      Env: { A: '1' },
      ExposedPorts: ['80/tcp'],
      Labels: { a: 1, b: 'two' },
      User: 5,
    };
    expect(parse({ os: 5, config, rootfs: [], history: [null, 'x'] })).toMatchObject({
      os: null,
      entrypoint: [],
      cmd: ['/bin/sh'],
      env: [],
      exposedPorts: [],
      labels: { b: 'two' },
      user: null,
      history: [],
      diffIds: [],
    });
  });

  it.each(['', '[]', 'null', '5', '{"a"', '\xff'])('knows %j for no config', (bytes) => {
    expect(parseImageConfig(Buffer.from(bytes, 'latin1'))).toBeUndefined();
  });

  it('answers text that a database can keep', () => {
    const bytes = Buffer.from('{"author":"a\\u0000b\\ud800c","config":{"Labels":{"k\\u0000":"\\udc00"}}}');
    const { author, labels } = parseImageConfig(bytes) ?? {};
    expect(author).toBe('a\u{FFFD}b\u{FFFD}c');
    expect(labels).toEqual({ 'k\u{FFFD}': '\u{FFFD}' });
  });
});

describe('chainIds', () => {
  it('names each layer with all under it, as the image spec computes it', () => {
    const [first, second] = [`sha256:${'1'.repeat(64)}`, `sha256:${'2'.repeat(64)}`];
    expect(chainIds([first, second])).toEqual([
      first,
      'sha256:9932074217c35353d2e03a3f5a86549f7c67bfeb0ba53e23d69f4d4c8f7958f5',
    ]);
    expect(chainIds([])).toEqual([]);
  });

  it.each(['', 'sha256:1', 'md5:x', `sha512:${'1'.repeat(128)}`])('has no chain through %j', (diffId) => {
    expect(chainIds([diffId])).toBeUndefined();
  });
});

describe('platformLabel', () => {
  it.each([
    [{ os: 'linux', architecture: 'amd64' }, 'linux/amd64'],
    [{ os: 'linux', architecture: 'arm', variant: 'v7' }, 'linux/arm/v7'],
    [{ os: 'unknown', architecture: 'unknown' }, undefined],
    [{ os: '', architecture: 'amd64' }, undefined],
  ])('calls %j %s', (platform, label) => {
    expect(platformLabel(platform)).toBe(label);
  });
});
