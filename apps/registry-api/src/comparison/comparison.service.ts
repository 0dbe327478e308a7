import {
  formatReference,
  type ParsedManifest,
  parseManifest,
  type Reference,
  type RepositoryName,
} from '@berth/oci';
import { Inject, Injectable } from '@nestjs/common';
import type { Requester } from '../access/credential.js';
import { NotFound } from '../errors/domain-errors.js';
import { platformsOf } from '../manifests/manifest-answers.js';
import type { ComparisonQuery } from './comparison.schema.js';
import { type ComparableManifest, ComparisonStore } from './comparison.store.js';
import { comparablePlatforms, imageFor, type Side, usualImage, usualPlatform } from './platform-choice.js';

/** One of two: what was named, and what of it is compared. */
export interface ComparedSide {
  readonly tag: string | null;
  readonly top: ComparableManifest;
  /** Of an index the image of one platform, or itself if it has no images. */
  readonly image: ComparableManifest;
  readonly parsed: ParsedManifest;
  readonly platform: string | null;
}

export interface ComparedManifests {
  readonly a: ComparedSide;
  readonly b: ComparedSide;
  /** What can be asked for instead. */
  readonly platforms: readonly string[];
}

interface Asked {
  readonly reference: Reference;
  readonly top: ComparableManifest;
  readonly side: Side;
}

@Injectable()
export class Comparison {
  constructor(@Inject(ComparisonStore) private readonly manifests: ComparisonStore) {}

  /**
   * Two manifests of a repository, of indexes the images of one platform. One round trip, and a second one where an
   * index has to tell first which images those are. Throws what `authorizeApi` throws, and `NotFound`.
   */
  async compare(
    requester: Requester,
    name: RepositoryName,
    { a, b, platform }: ComparisonQuery,
  ): Promise<ComparedManifests> {
    const references = [a, b].map(formatReference);
    const found = await this.manifests.find(requester, name, references);
    const asked = ([a, b] as const).map((reference) => toAsked(name, reference, found));
    const [left, right] = asked as [Asked, Asked];
    const wanted = platform ?? usualPlatform(left.side, right.side);
    const chosen = asked.map(({ side, reference }) => {
      const image = imageFor(side, wanted);
      if (side.kind === 'image' || image) return image;
      if (platform !== undefined) throw noPlatform(name, reference, platform, side);
      return usualImage(side);
    });
    const digests = chosen.flatMap((image) => image?.digest ?? []);
    const images = digests.length === 0 ? found : await this.manifests.find(requester, name, digests);
    const [first, second] = asked.map((one, index) => {
      const digest = chosen[index]?.digest;
      const image = digest === undefined ? one.top : images.get(digest);
      if (!image) throw notThere(name, digest ?? '');
      return toSide(one, image, chosen[index]?.label);
    }) as [ComparedSide, ComparedSide];
    return { a: first, b: second, platforms: comparablePlatforms(left.side, right.side) };
  }
}

function toAsked(name: RepositoryName, reference: Reference, found: Map<string, ComparableManifest>): Asked {
  const top = found.get(formatReference(reference));
  if (!top) throw notThere(name, formatReference(reference));
  return { reference, top, side: sideOf(top) };
}

function sideOf({ bytes, mediaType, children, platforms, artifactKind }: ComparableManifest): Side {
  const parsed = parseManifest(bytes, mediaType);
  if (parsed.kind !== 'index') {
    return { kind: 'image', label: artifactKind === 'image' ? platforms[0] : undefined };
  }
  const images = platformsOf(parsed, children)
    .filter(({ digest }) => children[digest]?.artifactKind === 'image')
    .map(({ digest, platform }) => ({ digest, label: platform.label }));
  return { kind: 'index', images };
}

function toSide(
  { reference, top }: Asked,
  image: ComparableManifest,
  label: string | undefined,
): ComparedSide {
  return {
    tag: reference.kind === 'tag' ? reference.tag : null,
    top,
    image,
    parsed: parseManifest(image.bytes, image.mediaType),
    platform: label ?? (image.artifactKind === 'image' ? (image.platforms[0] ?? null) : null),
  };
}

function notThere(name: RepositoryName, reference: string): NotFound {
  return new NotFound(`${name.shown} has no "${reference}" (any more).`);
}

function noPlatform(name: RepositoryName, reference: Reference, wanted: string, side: Side): NotFound {
  const labels = comparablePlatforms(side, side).join(', ') || 'none';
  return new NotFound(
    `"${formatReference(reference)}" of ${name.shown} has no image for "${wanted}"; its platforms: ${labels}.`,
  );
}
