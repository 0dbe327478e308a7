import { type BuiltImage, buildImage, type Step } from '../described-images.js';
import {
  content,
  descriptorOf,
  indexOf,
  manifestOf,
  mediaTypes,
  randomArtifact,
  type TestManifest,
} from '../images.js';
import type { Credentials } from '../registry-client.js';
import type { Site } from './site.js';

/** A small company's registry: people, a team, images built on a base of their own, a chart, signatures. */
export interface PlatformStory {
  /** Owner of the organization `platform`. */
  alice: Credentials;
  /** May read and push there. */
  bob: Credentials;
  /** Has an account and nothing else. */
  stranger: Credentials;
}

export interface StoryOptions {
  /** How many bytes stand for a kilobyte of the story: 1000 for its real sizes, 1 for quick tests. */
  bytesPerKilobyte: number;
}

const README = `# api-gateway

Terminates TLS, checks tokens, limits rates per key, and routes to services by the rules in
\`/etc/gateway/routes.yaml\`.

## Run it

\`\`\`sh
docker run -p 443:8443 -v ./routes.yaml:/etc/gateway/routes.yaml platform/api-gateway
\`\`\`

## Settings

| variable | default | meaning |
|---|---|---|
| \`GATEWAY_LISTEN\` | \`:8443\` | where it listens |
| \`GATEWAY_RATE\` | \`100/s\` | requests of one key |

- [x] hot reload of the rules
- [ ] HTTP/3
`;

const DESCRIPTIONS = {
  'library/gateway-base': 'Hardened base with OpenSSL and our CA bundle.',
  'platform/api-gateway': 'Edge gateway for all public APIs: routing, rate limits, TLS.',
  'platform/gateway-chart': 'Chart for api-gateway with sane limits and a PodDisruptionBudget.',
  'platform/billing': 'Invoices, taxes, payment providers.',
  'platform/worker': 'Background jobs: mail, exports, thumbnails.',
  'alice/gate-sim': 'Load simulator for the gateway.',
  'alice/notebook': '',
} as const;

const PUBLIC = ['library/gateway-base', 'platform/api-gateway', 'platform/gateway-chart'];

/** Makes the accounts and pushes everything as its people would. */
export async function tellPlatformStory(site: Site, options: StoryOptions): Promise<PlatformStory> {
  const { admin } = site.berth;
  const alice = await site.user('alice');
  const bob = await site.user('bob');
  const stranger = await site.user('carol');
  await site
    .api(alice)
    .post('/namespaces', { name: 'platform', description: 'Runs what all teams share.' })
    .expect(201);
  await site.api(alice).put('/namespaces/platform/members/bob', { role: 'writer' }).expect(200);
  for (const [name, description] of Object.entries(DESCRIPTIONS)) {
    const owner = name.startsWith('library/') ? admin : alice;
    const visibility = PUBLIC.includes(name) ? 'public' : 'private';
    await site.api(owner).post('/repositories', { name, description, visibility }).expect(201);
  }
  await site.api(alice).patch('/repositories/platform%2Fapi-gateway', { readme: README }).expect(200);
  await pushAll(site, { admin, alice, bob }, options);
  await site.api(alice).put('/repositories/platform%2Fapi-gateway/star').expect(204);
  await makeCredentials(site, alice);
  return { alice, bob, stranger };
}

/** A team, a robot, and access tokens of which one is about to expire. */
async function makeCredentials(site: Site, alice: Credentials): Promise<void> {
  const api = site.api(alice);
  const daysFromNow = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
  await api
    .post('/namespaces/platform/teams', { name: 'release', description: 'Ships what is tested.' })
    .expect(201);
  await api.put('/namespaces/platform/teams/release/members/bob').expect(200);
  const scopes = ['repository:read', 'repository:write'];
  await api
    .post('/namespaces/platform/robots', { name: 'ci', scopes, expiresAt: daysFromNow(90) })
    .expect(201);
  await api
    .post('/access-tokens', {
      name: 'ci-main',
      scopes,
      repositories: ['platform/*'],
      expiresAt: daysFromNow(3),
    })
    .expect(201);
  await api.post('/access-tokens', { name: 'laptop', scopes, expiresAt: daysFromNow(200) }).expect(201);
}

async function pushAll(
  site: Site,
  { admin, alice, bob }: Record<'admin' | 'alice' | 'bob', Credentials>,
  { bytesPerKilobyte }: StoryOptions,
): Promise<void> {
  const step = (command: string, kilobytes: number): Step => ({
    command,
    sizeBytes: Math.round(kilobytes * bytesPerKilobyte),
  });
  const bases = (['amd64', 'arm64'] as const).map((architecture) =>
    buildImage({
      architecture,
      steps: [
        step('ADD rootfs.tar.xz / # buildkit', 3_400),
        step('RUN /bin/sh -c apk add --no-cache ca-certificates openssl tzdata # buildkit', 4_100),
        step('COPY certificates/ /usr/local/share/ca-certificates/ # buildkit', 240),
        step('RUN /bin/sh -c update-ca-certificates && adduser -D -u 10001 app # buildkit', 310),
      ],
      config: { Env: ['PATH=/usr/sbin:/usr/bin:/sbin:/bin'], User: '10001', Cmd: ['/bin/sh'] },
    }),
  );
  await site.registry(admin).push('library/gateway-base', indexOf(bases), '9');

  const gateway = (version: string, dist: number) =>
    indexOf(
      bases.map((base) => gatewayImage(base, version, step, dist)),
      {
        annotations: { 'org.opencontainers.image.version': version },
      },
    );
  const registry = site.registry(alice);
  const releases: [TestManifest, ...string[]][] = [
    [gateway('2.7.4', 2_910), '2.7.4', 'stable'],
    [gateway('2.8.0', 3_020), '2.8.0'],
    [gateway('2.8.1', 3_040), '2.8.1', '2.8', '2', 'latest'],
    [gateway('2.10.0-rc.1', 3_200), '2.10.0-rc.1'],
    [gateway('pr-1184', 3_210), 'pr-1184'],
  ];
  for (const [index, first = '', ...others] of releases) {
    await registry.push('platform/api-gateway', index, first);
    for (const tag of others) await registry.putManifest('platform/api-gateway', index, tag);
  }
  const [signed] = releases[2]!;
  const subject = descriptorOf(signed);
  for (const artifactType of [
    'application/vnd.dev.cosign.artifact.sig.v1+json',
    'application/spdx+json',
    'application/vnd.in-toto+json',
  ]) {
    await registry.push('platform/api-gateway', randomArtifact({ subject, artifactType }));
  }
  await registry.push('platform/gateway-chart', chart('gateway', '1.4.0'), '1.4.0');
  const single = (command: string, kilobytes: number, config = {}) =>
    buildImage({ base: bases[0], steps: [step(command, kilobytes)], config });
  await registry.push('alice/gate-sim', single('COPY gate-sim /usr/local/bin/ # buildkit', 6_200), '0.3');
  await registry.push('alice/notebook', single('COPY notebook/ /home/app/ # buildkit', 900), 'latest');
  await site
    .registry(bob)
    .push('platform/billing', single('COPY dist/ /srv/billing # buildkit', 4_400), 'main-4f1c9ab');
  await site
    .registry(bob)
    .push('platform/worker', single('COPY dist/ /srv/worker # buildkit', 2_300), '1.12.0');
}

function gatewayImage(
  base: BuiltImage,
  version: string,
  step: (command: string, kilobytes: number) => Step,
  dist: number,
): BuiltImage {
  return buildImage({
    base,
    architecture: base.platform!.architecture,
    createdAt: new Date(),
    steps: [
      step('RUN /bin/sh -c apk add --no-cache lua5.4 libmaxminddb # buildkit', 1_700),
      step('COPY dist/ /srv/gateway # buildkit', dist),
      step('COPY rules/ /etc/gateway # buildkit', 640),
      step('COPY entrypoint.sh / # buildkit', 12),
    ],
    config: {
      Env: ['PATH=/usr/sbin:/usr/bin:/sbin:/bin', 'GATEWAY_LISTEN=:8443', 'GATEWAY_RATE=100/s'],
      Entrypoint: ['/entrypoint.sh'],
      User: '10001',
      WorkingDir: '/srv/gateway',
      ExposedPorts: { '8443/tcp': {} },
      Labels: {
        'org.opencontainers.image.title': 'api-gateway',
        'org.opencontainers.image.version': version,
        'org.opencontainers.image.revision': '4f1c9ab0d7e2',
        'org.opencontainers.image.source': 'https://git.example.com/platform/api-gateway',
        'org.opencontainers.image.licenses': 'Apache-2.0',
      },
    },
  });
}

/** What `helm push` sends. */
function chart(name: string, version: string): TestManifest {
  const config = content(
    JSON.stringify({ name, version, apiVersion: 'v2', description: DESCRIPTIONS['platform/gateway-chart'] }),
    'application/vnd.cncf.helm.config.v1+json',
  );
  const archive = content('a chart', 'application/vnd.cncf.helm.chart.content.v1.tar+gzip');
  return manifestOf(
    {
      schemaVersion: 2,
      mediaType: mediaTypes.ociManifest,
      config: descriptorOf(config),
      layers: [descriptorOf(archive)],
      annotations: { 'org.opencontainers.image.title': name, 'org.opencontainers.image.version': version },
    },
    { blobs: [config, archive] },
  );
}
