/** What a command pulls. */
export interface Pulled {
  readonly name: string;
  /** A tag or a digest. */
  readonly reference: string;
  readonly artifactKind: string;
  /** Whether its layers are files with names, which a client can put into a folder. */
  readonly hasFiles?: boolean;
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

type Client = 'docker' | 'podman' | 'skopeo' | 'crane' | 'oras' | 'helm';

interface Source extends Pulled {
  readonly host: string;
  readonly isPlainHttp: boolean;
  /** `team/app:1.0` or `team/app@sha256:…`. */
  readonly image: string;
  /** Where an OCI layout is written to: `app:1.0`, or `app` for a digest. */
  readonly layout: string;
  readonly isDigest: boolean;
}

function clientsOf(artifactKind: string): Client[] {
  if (isImage(artifactKind)) return ['docker', 'podman', 'skopeo', 'crane', 'oras'];
  return artifactKind === 'chart' ? ['helm', 'oras', 'skopeo', 'crane'] : ['oras', 'skopeo', 'crane'];
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
  skopeo: ({ host, image, layout, platform, artifactKind, isPlainHttp }) =>
    words(
      'skopeo copy',
      isPlainHttp && '--src-tls-verify=false',
      platform ? skopeoPlatform(platform) : artifactKind === 'index' && '--all',
      `docker://${host}/${image}`,
      `oci:${layout}`,
    ),
  crane: ({ name, host, image, platform, artifactKind, isPlainHttp }) => {
    const isOneImage = artifactKind === 'image' || platform !== undefined;
    return words(
      'crane pull',
      isPlainHttp && '--insecure',
      platform && `--platform ${platform}`,
      !isOneImage && '--format oci',
      `${host}/${image}`,
      isOneImage ? `${lastComponent(name)}.tar` : lastComponent(name),
    );
  },
  oras: ({ host, image, layout, platform, hasFiles, isPlainHttp }) =>
    hasFiles
      ? words('oras pull', isPlainHttp && '--plain-http', `${host}/${image}`)
      : words(
          'oras copy',
          isPlainHttp && '--from-plain-http',
          platform && `--platform ${platform}`,
          `${host}/${image}`,
          `--to-oci-layout ${layout}`,
        ),
  helm: ({ host, name, image, reference, isDigest, isPlainHttp }) =>
    words(
      'helm pull',
      isPlainHttp && '--plain-http',
      isDigest ? `oci://${host}/${image}` : `oci://${host}/${name} --version ${chartVersion(reference)}`,
    ),
};

function partsOf({ name, reference }: Pulled): Pick<Source, 'image' | 'layout' | 'isDigest'> {
  const isDigest = reference.includes(':');
  return {
    isDigest,
    image: `${name}${isDigest ? '@' : ':'}${reference}`,
    layout: isDigest ? lastComponent(name) : `${lastComponent(name)}:${reference}`,
  };
}

/** Helm writes a version's `+`, which no tag may have, as `_`. */
function chartVersion(tag: string): string {
  return tag.replaceAll('_', '+');
}

function skopeoPlatform(platform: string): string {
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
