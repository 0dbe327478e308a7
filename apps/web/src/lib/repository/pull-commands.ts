/** What a command pulls. */
export interface Pulled {
  readonly name: string;
  /** A tag or a digest. */
  readonly reference: string;
  readonly artifactKind: string;
  /** `linux/arm64`, where one of several was chosen. */
  readonly platform?: string;
}

export interface PullCommand {
  readonly client: string;
  readonly command: string;
}

/** Commands that work from the host of `registry`: where it is plain HTTP, each client is told so in its own way. */
export function pullCommands(registry: URL, pulled: Pulled): PullCommand[] {
  const source: Source = {
    ...pulled,
    ...partsOf(pulled),
    isPlainHttp: registry.protocol === 'http:',
    host: registry.host,
  };
  return clientsOf(pulled.artifactKind).map((client) => ({ client, command: commands[client](source) }));
}

type Client = 'docker' | 'podman' | 'skopeo' | 'oras' | 'helm';

interface Source extends Pulled {
  readonly host: string;
  readonly isPlainHttp: boolean;
  /** `team/app:1.0` or `team/app@sha256:…`. */
  readonly image: string;
  readonly isDigest: boolean;
}

function clientsOf(artifactKind: string): Client[] {
  if (artifactKind === 'image' || artifactKind === 'index') return ['docker', 'podman', 'skopeo', 'oras'];
  return artifactKind === 'chart' ? ['helm', 'oras', 'skopeo'] : ['oras', 'skopeo'];
}

const commands: Readonly<Record<Client, (source: Source) => string>> = {
  docker: ({ host, image, platform }) =>
    words('docker pull', platform && `--platform ${platform}`, `${host}/${image}`),
  podman: ({ host, image, platform, isPlainHttp }) =>
    words(
      'podman pull',
      isPlainHttp && '--tls-verify=false',
      platform && `--platform ${platform}`,
      `${host}/${image}`,
    ),
  skopeo: (source) =>
    words(
      'skopeo copy',
      source.isPlainHttp && '--src-tls-verify=false',
      skopeoPlatform(source.platform),
      `docker://${source.host}/${source.image}`,
      `oci:${lastComponent(source.name)}${source.isDigest ? '' : `:${source.reference}`}`,
    ),
  oras: (source) =>
    isImage(source.artifactKind)
      ? words(
          'oras copy',
          source.isPlainHttp && '--from-plain-http',
          source.platform && `--platform ${source.platform}`,
          `${source.host}/${source.image}`,
          `--to-oci-layout ${lastComponent(source.name)}${source.isDigest ? '' : `:${source.reference}`}`,
        )
      : words('oras pull', source.isPlainHttp && '--plain-http', `${source.host}/${source.image}`),
  helm: (source) =>
    words(
      'helm pull',
      source.isPlainHttp && '--plain-http',
      source.isDigest
        ? `oci://${source.host}/${source.image}`
        : `oci://${source.host}/${source.name} --version ${chartVersion(source.reference)}`,
    ),
};

function partsOf({ name, reference }: Pulled): Pick<Source, 'image' | 'isDigest'> {
  const isDigest = reference.includes(':');
  return { isDigest, image: `${name}${isDigest ? '@' : ':'}${reference}` };
}

/** Helm writes a version's `+`, which no tag may have, as `_`. */
function chartVersion(tag: string): string {
  return tag.replaceAll('_', '+');
}

function skopeoPlatform(platform?: string): string | undefined {
  if (!platform) return undefined;
  const [os, architecture, variant] = platform.split('/');
  return words(
    `--override-os ${os}`,
    architecture && `--override-arch ${architecture}`,
    variant && `--override-variant ${variant}`,
  );
}

function isImage(artifactKind: string): boolean {
  return artifactKind === 'image' || artifactKind === 'index';
}

function lastComponent(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}

function words(...parts: (string | false | undefined)[]): string {
  return parts.filter(Boolean).join(' ');
}
