import {
  Digest,
  type ImageConfig,
  InvalidManifest,
  isImageConfigMediaType,
  isIndexMediaType,
  type ParsedManifest,
  parseImageConfig,
  parseManifest,
  type Reference,
} from '@berth/oci';
import { Inject, Injectable } from '@nestjs/common';
import { AccessService } from '../access/access.service.js';
import { type AccessFacts, principalKey } from '../access/access-facts.js';
import { authorize, changeOf, type RegistryRequest } from '../access/registry-access.js';
import { ContentCache } from '../blobs/content-cache.js';
import { ShownBlobs } from '../blobs/shown-blobs.service.js';
import {
  DigestInvalid,
  ManifestInvalid,
  ManifestReferencesUnknown,
  ManifestUnknown,
} from '../errors/domain-errors.js';
import { limits } from '../limits.js';
import { PullCounts } from '../pulls/pull-counts.js';
import { RepositoriesService } from '../repositories/repositories.service.js';
import { type ManifestRecord, ManifestStore } from './manifest.store.js';
import { traitsOf } from './manifest-traits.js';
import { ManifestWriterStore } from './manifest-writer.store.js';

export interface FoundManifest extends ManifestRecord {
  /** Decides how an answer may be cached. */
  readonly isPublic: boolean;
}

export interface PushedManifest {
  readonly digest: Digest;
  readonly tags: readonly string[];
  readonly subject?: Digest;
}

@Injectable()
export class ManifestsService {
  constructor(
    @Inject(ManifestStore) private readonly manifests: ManifestStore,
    @Inject(ManifestWriterStore) private readonly writer: ManifestWriterStore,
    @Inject(RepositoriesService) private readonly repositories: RepositoriesService,
    @Inject(AccessService) private readonly access: AccessService,
    @Inject(ContentCache) private readonly cache: ContentCache,
    @Inject(ShownBlobs) private readonly shownBlobs: ShownBlobs,
    @Inject(PullCounts) private readonly pulls: PullCounts,
  ) {}

  /** What a HEAD says; one round trip. Throws `ManifestUnknown`, and what `authorize` throws. */
  async findManifest(request: RegistryRequest, reference: Reference): Promise<FoundManifest> {
    return (await this.find(request, reference, 'none')).manifest;
  }

  /** With the bytes; one round trip, whether or not this process holds them. Counts as a pull. */
  async getManifest(
    request: RegistryRequest,
    reference: Reference,
  ): Promise<FoundManifest & { bytes: Buffer }> {
    const name = request.repository.name.value;
    const heldDigest =
      reference.kind === 'tag' ? this.cache.hintFor(name, reference.tag) : reference.digest.text;
    const held = this.cache.get(heldDigest ?? '');
    const { facts, manifest: found } = await this.find(request, reference, {
      heldDigest: held && heldDigest,
    });
    const bytes = found.bytes ?? held;
    if (!bytes) throw new Error(`the look-up gave no bytes for ${found.digest}`);
    if (found.bytes) this.cache.set(found.digest, found.bytes);
    if (reference.kind === 'tag') this.cache.noteTag(name, reference.tag, found.digest);
    this.count(request, facts, reference, found);
    return { ...found, bytes };
  }

  /**
   * Checks a manifest and writes it with its tags in one transaction. `tags` are those of `?tag=` (spec, "Pushing
   * Manifests"); the bytes are read once the push is permitted. Throws `ManifestInvalid`, `DigestInvalid`,
   * `ManifestReferencesUnknown` naming everything missing.
   */
  async pushManifest(
    request: RegistryRequest,
    reference: Reference,
    content: { readBytes(): Promise<Buffer>; readonly mediaType?: string; readonly tags: readonly string[] },
  ): Promise<PushedManifest> {
    const permit = await this.repositories.permitPush(request);
    const bytes = await content.readBytes();
    const parsed = parse(bytes, content.mediaType);
    const digest = checkedDigest(reference, bytes);
    const tags = [...new Set(reference.kind === 'tag' ? [reference.tag, ...content.tags] : content.tags)];
    const { id: repositoryId, name, facts } = await this.repositories.openForPush(permit);
    const unwritten = await this.writer.insert({
      repositoryId,
      repositoryName: name.value,
      digest,
      bytes,
      parsed,
      traits: traitsOf(parsed, await this.readConfig(repositoryId, parsed)),
      tags,
      change: changeOf(request, facts),
    });
    if (unwritten?.kind === 'missing')
      throw new ManifestReferencesUnknown(unwritten.blobs, unwritten.manifests);
    if (unwritten?.kind === 'too-deep') {
      throw new ManifestInvalid(`An index may hold indexes up to ${limits.indexDepth} levels deep.`);
    }
    return { digest, tags, subject: parsed.subject?.digest };
  }

  /** Before the transaction, so that no lock waits for the store. */
  private async readConfig(
    repositoryId: string,
    { config }: ParsedManifest,
  ): Promise<ImageConfig | undefined> {
    if (!config || !isImageConfigMediaType(config.mediaType)) return undefined;
    if (config.sizeBytes > limits.shownConfigBytes) return undefined;
    const bytes = await this.shownBlobs.read(repositoryId, config.digest);
    return bytes && parseImageConfig(bytes);
  }

  private async find(
    request: RegistryRequest,
    reference: Reference,
    bytes: 'none' | { heldDigest?: string },
  ): Promise<{ facts: AccessFacts; manifest: FoundManifest }> {
    const { credential } = request.requester;
    const { facts, manifest } = await this.manifests.lookUp({
      credential,
      repositoryName: request.repository.name.value,
      reference,
      bytes,
    });
    authorize(request, facts, this.access.settings);
    if (!manifest)
      throw new ManifestUnknown(reference.kind === 'tag' ? reference.tag : reference.digest.text);
    return { facts, manifest: { ...manifest, isPublic: facts.repository?.isPublic ?? false } };
  }

  private count(
    { requester }: RegistryRequest,
    { principal, repository }: AccessFacts,
    reference: Reference,
    { id, mediaType }: FoundManifest,
  ): void {
    if (!repository) return;
    this.pulls.note({
      repositoryId: repository.id,
      manifestId: id,
      tag: reference.kind === 'tag' ? reference.tag : undefined,
      isIndex: isIndexMediaType(mediaType),
      client: `${principalKey(principal)} ${requester.address}`,
    });
  }
}

function parse(bytes: Buffer, mediaType: string | undefined): ParsedManifest {
  try {
    return parseManifest(bytes, mediaType);
  } catch (error) {
    if (!(error instanceof InvalidManifest)) throw error;
    throw new ManifestInvalid(error.reason, error.detail, { cause: error });
  }
}

function checkedDigest(reference: Reference, bytes: Buffer): Digest {
  if (reference.kind === 'tag') return Digest.ofBytes(bytes);
  const digest = Digest.ofBytes(bytes, reference.digest.algorithm);
  if (digest.equals(reference.digest)) return digest;
  throw new DigestInvalid(`The manifest has the digest ${digest.text}, not the one of the address.`, {
    digest: digest.text,
  });
}
