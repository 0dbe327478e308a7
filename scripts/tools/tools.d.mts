/** A test tool built from Go source. */
export type GoToolName =
  | 'conformance'
  | 'crane'
  | 'oras'
  | 'helm'
  | 'cosign'
  | 'versitygw'
  | 'minio'
  | 'registry';
/** A test tool, or a program of the machine's package archive. */
export type ToolName =
  | GoToolName
  | 'docker'
  | 'dockerd'
  | 'podman'
  | 'buildah'
  | 'containerd'
  | 'ctr'
  | 'caddy'
  | 'docker-compose'
  | 'debootstrap'
  | 'faketime'
  | 'skopeo'
  | 'busybox'
  | 'chromium'
  | 'wrk'
  | 'curl'
  | 'docker-registry';

export const goTools: Record<GoToolName, { package: string; version: string; isForBench?: boolean }>;
/** The folder that keeps built tools, outside the checkout. */
export function toolsDirectory(): string;
/** The folder of one Go tool at its pinned version. */
export function goToolDirectory(name: GoToolName): string;
/** The path of a tool, or null when this machine does not have it. */
export function findTool(name: ToolName | (string & {})): string | null;
/** The path of a tool. Throws, naming it, when this machine does not have it. */
export function toolPath(name: ToolName): string;
