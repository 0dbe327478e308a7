import { buildImage } from '../described-images.js';
import { indexOf } from '../images.js';
import type { Credentials } from '../registry-client.js';
import type { Site } from './site.js';

/** What pages find hard to show. */
export interface HardCases {
  /** Owner of the organization `hard`, where all of it is. */
  mallory: Credentials;
  /** 255 characters. */
  longName: string;
  /** Of that repository: 128 characters without a place to break. */
  longTag: string;
  /** The repository with scripts in every text, right-to-left text, and a README at its limit. */
  hostileName: string;
  /** Of that repository: an index of 300 platforms. */
  manyPlatforms: string;
  hostileTag: string;
}

const SCRIPT = `<script>document.title = 'ran'</script><img src=x onerror="document.title = 'ran'">`;
const RIGHT_TO_LEFT = 'سجل حاويات خاص \u202e txt.exe';
const PLATFORMS = 300;
const README_BYTES = 256 * 1024;

export async function makeHardCases(site: Site): Promise<HardCases> {
  const mallory = await site.user('mallory');
  const api = site.api(mallory);
  await api.post('/namespaces', { name: 'hard', description: `${RIGHT_TO_LEFT} ${SCRIPT}` }).expect(201);
  const prefix = 'hard/no-place-to-break/';
  const longName = `${prefix}${'x'.repeat(255 - prefix.length)}`;
  const longTag = 't'.repeat(128);
  const hostileName = 'hard/scripts';
  const description = `${RIGHT_TO_LEFT} ${SCRIPT} ${'w'.repeat(120)}`;
  for (const name of [longName, hostileName]) {
    await api.post('/repositories', { name, description, visibility: 'public' }).expect(201);
  }
  const readme = hostileReadme();
  await api.patch(`/repositories/${encodeURIComponent(hostileName)}`, { readme }).expect(200);

  const registry = site.registry(mallory);
  const hostile = hostileImage();
  await registry.push(longName, hostile, longTag);
  await registry.push(hostileName, hostile, 'hostile');
  const base = buildImage({ steps: [{ command: 'ADD rootfs /', sizeBytes: 400 }] });
  const children = Array.from({ length: PLATFORMS }, (_, number) =>
    buildImage({ base, steps: [], architecture: `arch${number}`, variant: `v${number}` }),
  );
  for (const blob of base.blobs) await registry.pushBlob(hostileName, blob);
  for (const child of children) {
    await registry.pushBlob(hostileName, child.blobs[0]!);
    await registry.putManifest(hostileName, child);
  }
  await registry.putManifest(hostileName, indexOf(children), 'many-platforms');
  return { mallory, longName, longTag, hostileName, manyPlatforms: 'many-platforms', hostileTag: 'hostile' };
}

/** Scripts and addresses that run something in every text that an image has. */
function hostileImage() {
  const texts = {
    'org.opencontainers.image.title': SCRIPT,
    'org.opencontainers.image.url': "javascript:document.title='ran'",
    'org.opencontainers.image.source': `https://example.com/"onmouseover="document.title='ran'"`,
    'org.opencontainers.image.vendor': RIGHT_TO_LEFT,
    [SCRIPT]: SCRIPT,
    ['k'.repeat(200)]: 'v'.repeat(3000),
  };
  return buildImage({
    steps: [
      { command: `RUN echo "${SCRIPT}"`, sizeBytes: 300 },
      { command: `RUN ${'without-end-'.repeat(200)}`, sizeBytes: 300 },
    ],
    config: {
      Env: [`X=${SCRIPT}`, `LONG=${'v'.repeat(2000)}`],
      Entrypoint: [SCRIPT],
      User: SCRIPT,
      Labels: texts,
    },
    annotations: texts,
  });
}

/** At the limit of its size: scripts, tricks of Markdown, lines and tables that are too wide. */
function hostileReadme(): string {
  const head = [
    `# ${SCRIPT}`,
    SCRIPT,
    '[click](javascript:document.title=1) ![pixel](https://tracker.example/pixel.png)',
    '<a href="https://example.com" onclick="document.title=1">raw HTML</a>',
    RIGHT_TO_LEFT,
    `\`${'code-without-end'.repeat(40)}\``,
    `| ${'wide column | '.repeat(40)}`,
    `|${'---|'.repeat(40)}`,
    `| ${'cell | '.repeat(40)}`,
    '',
    '```',
    'x'.repeat(400),
    '```',
    '',
  ].join('\n\n'.slice(0, 1));
  const paragraph = `\n\nA paragraph with **bold**, \`code\` and [a link](https://example.com/).`;
  return (
    head +
    paragraph.repeat(Math.floor((README_BYTES - Buffer.byteLength(head)) / Buffer.byteLength(paragraph)))
  );
}
