// The test tools that are built from Go source: which, at which version, and where they lie.
// Plain JavaScript without dependencies: it runs before anything is installed.
import { accessSync, constants } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

/** Name of the binary → the Go package that builds it, at the version the tests were written for. */
export const goTools = {
  conformance: {
    package: 'github.com/opencontainers/distribution-spec/conformance',
    version: 'v0.0.0-20260831232431-97274622c111',
  },
  crane: { package: 'github.com/google/go-containerregistry/cmd/crane', version: 'v0.22.1' },
  oras: { package: 'oras.land/oras/cmd/oras', version: 'v1.3.6' },
  helm: { package: 'helm.sh/helm/v3/cmd/helm', version: 'v3.22.0' },
  cosign: { package: 'github.com/sigstore/cosign/v2/cmd/cosign', version: 'v2.6.5' },
  versitygw: { package: 'github.com/versity/versitygw/cmd/versitygw', version: 'v1.8.0' },
  minio: { package: 'github.com/minio/minio', version: 'v0.0.0-20260212201848-7aac2a2c5b7c' },
  // Only `npm run bench` compares with it, and builds it.
  registry: {
    package: 'github.com/distribution/distribution/v3/cmd/registry',
    version: 'v3.1.2',
    isForBench: true,
  },
};

/** Programs that the machine's own package archive provides, with the places to look besides PATH. */
const systemTools = {
  docker: ['/usr/bin/docker', '/usr/local/bin/docker'],
  dockerd: ['/usr/sbin/dockerd', '/usr/bin/dockerd', '/usr/local/bin/dockerd'],
  'docker-compose': ['/usr/bin/docker-compose'],
  debootstrap: ['/usr/sbin/debootstrap'],
  faketime: ['/usr/bin/faketime'],
  caddy: ['/usr/bin/caddy'],
  skopeo: ['/usr/bin/skopeo'],
  podman: ['/usr/bin/podman'],
  buildah: ['/usr/bin/buildah'],
  containerd: ['/usr/bin/containerd'],
  ctr: ['/usr/bin/ctr'],
  busybox: ['/usr/bin/busybox', '/bin/busybox'],
  chromium: ['/usr/bin/chromium', '/usr/bin/chromium-browser'],
  wrk: ['/usr/bin/wrk', '/usr/local/bin/wrk'],
  curl: ['/usr/bin/curl'],
  'docker-registry': ['/usr/bin/docker-registry'],
};

/** The folder that keeps built tools: outside the checkout, so that every clone shares it. */
export function toolsDirectory() {
  const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  return process.env.BERTH_TOOLS_DIR || join(cache, 'berth', 'tools');
}

/** The folder of one Go tool at its pinned version. */
export function goToolDirectory(name) {
  return join(toolsDirectory(), `${name}-${goTools[name].version}`);
}

/** The path of a tool, or null when this machine does not have it. */
export function findTool(name) {
  if (name in goTools) return executable(join(goToolDirectory(name), name));
  const onPath = (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, name));
  for (const candidate of [...(systemTools[name] ?? []), ...onPath]) {
    if (executable(candidate)) return candidate;
  }
  return null;
}

/** The path of a tool. Throws, naming it, when this machine does not have it. */
export function toolPath(name) {
  const path = findTool(name);
  if (path === null) throw new Error(`${name} is not installed; .ci/run installs what the tests need`);
  return path;
}

function executable(path) {
  try {
    accessSync(path, constants.X_OK);
    return path;
  } catch {
    return null;
  }
}
