import { isObject, type JsonObject } from './json-fields.js';
import { DOCKER_IMAGE_CONFIG, OCI_IMAGE_CONFIG } from './media-type.js';

/** One step of an image's making (image-spec config.md, `history`). */
export interface ImageHistoryStep {
  readonly createdBy: string | null;
  /** Whether it made no layer. */
  readonly isEmpty: boolean;
}

/** What an image's config says of it (image-spec config.md); what it leaves out is null or empty. */
export interface ImageConfig {
  readonly os: string | null;
  readonly architecture: string | null;
  readonly variant: string | null;
  readonly created: string | null;
  readonly author: string | null;
  readonly entrypoint: readonly string[];
  readonly cmd: readonly string[];
  readonly env: readonly string[];
  /** `80/tcp`. */
  readonly exposedPorts: readonly string[];
  readonly volumes: readonly string[];
  readonly user: string | null;
  readonly workingDir: string | null;
  readonly labels: Readonly<Record<string, string>>;
  readonly stopSignal: string | null;
  readonly history: readonly ImageHistoryStep[];
  /** Digests of the layers' unpacked archives, lowest first. */
  readonly diffIds: readonly string[];
}

export function isImageConfigMediaType(mediaType: string): boolean {
  return mediaType === OCI_IMAGE_CONFIG || mediaType === DOCKER_IMAGE_CONFIG;
}

/**
 * Reads an image's config. Whatever has not the form that the spec gives it counts as left out, since the registry
 * only shows it; all text is well-formed and without NUL. Undefined when the bytes are no JSON object.
 */
export function parseImageConfig(bytes: Uint8Array): ImageConfig | undefined {
  const json = parseObject(bytes);
  if (!json) return undefined;
  const config = isObject(json.config) ? json.config : {};
  const rootfs = isObject(json.rootfs) ? json.rootfs : {};
  return {
    os: text(json.os),
    architecture: text(json.architecture),
    variant: text(json.variant),
    created: text(json.created),
    author: text(json.author),
    entrypoint: texts(config.Entrypoint),
    cmd: texts(config.Cmd),
    env: texts(config.Env),
    exposedPorts: keys(config.ExposedPorts),
    volumes: keys(config.Volumes),
    user: text(config.User),
    workingDir: text(config.WorkingDir),
    labels: textMap(config.Labels),
    stopSignal: text(config.StopSignal),
    history: Array.isArray(json.history) ? json.history.filter(isObject).map(toStep) : [],
    diffIds: texts(rootfs.diff_ids),
  };
}

function parseObject(bytes: Uint8Array): JsonObject | undefined {
  try {
    const json: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return isObject(json) ? json : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function toStep(step: JsonObject): ImageHistoryStep {
  return { createdBy: text(step.created_by), isEmpty: step.empty_layer === true };
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? storable(value) : null;
}

function texts(value: unknown): string[] {
  if (!Array.isArray(value)) return [];
  return value.filter((item) => typeof item === 'string').map(storable);
}

/** The spec's way of writing a set: an object whose values say nothing. */
function keys(value: unknown): string[] {
  return isObject(value) ? Object.keys(value).map(storable) : [];
}

function textMap(value: unknown): Record<string, string> {
  if (!isObject(value)) return {};
  const entries = Object.entries(value).flatMap(([key, item]) =>
    typeof item === 'string' ? [[storable(key), storable(item)] as const] : [],
  );
  return Object.fromEntries(entries);
}

function storable(value: string): string {
  return value.toWellFormed().replaceAll('\0', '\u{FFFD}');
}
