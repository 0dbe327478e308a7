import { describe, expect, it } from 'vitest';
import { pullCommands } from './pull-commands';

const tls = new URL('https://berth.example.com');
const plain = new URL('http://localhost:5000');
const digest = `sha256:${'a'.repeat(64)}`;

function commandOf(
  client: string,
  ...[registry, pulled]: Parameters<typeof pullCommands>
): string | undefined {
  return pullCommands(registry, pulled).find((command) => command.client === client)?.command;
}

describe('pull commands', () => {
  const image = { name: 'team/app', reference: '1.0', artifactKind: 'image' };
  const chart = { name: 'team/chart', reference: '1.0.0_build.1', artifactKind: 'chart' };

  it('names tags and digests as each client wants them', () => {
    expect(commandOf('docker', tls, image)).toBe('docker pull berth.example.com/team/app:1.0');
    expect(commandOf('docker', tls, { ...image, reference: digest })).toBe(
      `docker pull berth.example.com/team/app@${digest}`,
    );
    expect(commandOf('skopeo', tls, { ...image, reference: digest })).toBe(
      `skopeo copy docker://berth.example.com/team/app@${digest} oci:app`,
    );
  });

  it('tells every client but docker that an address is plain HTTP', () => {
    expect(commandOf('docker', plain, image)).toBe('docker pull localhost:5000/team/app:1.0');
    expect(commandOf('podman', plain, image)).toBe(
      'podman pull --tls-verify=false localhost:5000/team/app:1.0',
    );
    expect(commandOf('skopeo', plain, image)).toBe(
      'skopeo copy --src-tls-verify=false docker://localhost:5000/team/app:1.0 oci:app:1.0',
    );
    expect(commandOf('helm', plain, chart)).toContain('--plain-http');
  });

  it('asks for the chosen platform', () => {
    const arm = { ...image, platform: 'linux/arm/v7' };
    expect(commandOf('docker', tls, arm)).toContain('--platform linux/arm/v7 ');
    expect(commandOf('skopeo', tls, arm)).toContain(
      '--override-os linux --override-arch arm --override-variant v7',
    );
  });

  it('offers the clients that fit the kind of artifact', () => {
    const clients = (artifactKind: string) =>
      pullCommands(tls, { ...image, artifactKind }).map(({ client }) => client);
    expect(clients('image')).toEqual(['docker', 'podman', 'skopeo', 'crane', 'oras']);
    expect(clients('chart')).toEqual(['helm', 'oras', 'skopeo', 'crane']);
    expect(clients('wasm')).toEqual(['oras', 'skopeo', 'crane']);
  });

  it('puts files into a folder, and what has no names into a layout', () => {
    const module = { name: 'team/module', reference: '0.1', artifactKind: 'wasm' };
    expect(commandOf('oras', tls, { ...module, hasFiles: true })).toBe(
      'oras pull berth.example.com/team/module:0.1',
    );
    expect(commandOf('oras', tls, module)).toBe(
      'oras copy berth.example.com/team/module:0.1 --to-oci-layout module:0.1',
    );
  });

  it('brings all platforms of an index unless one was chosen', () => {
    const index = { name: 'team/app', reference: '1.0', artifactKind: 'index' };
    expect(commandOf('skopeo', tls, index)).toContain('--all');
    expect(commandOf('crane', plain, index)).toBe(
      'crane pull --insecure --format oci localhost:5000/team/app:1.0 app',
    );
    expect(commandOf('crane', tls, { ...index, platform: 'linux/arm64' })).toBe(
      'crane pull --platform linux/arm64 berth.example.com/team/app:1.0 app.tar',
    );
  });

  it('gives Helm the version that the tag was made of', () => {
    expect(commandOf('helm', tls, chart)).toBe(
      'helm pull oci://berth.example.com/team/chart --version 1.0.0+build.1',
    );
  });
});
