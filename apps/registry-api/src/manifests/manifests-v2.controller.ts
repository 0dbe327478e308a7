import { InvalidTag, parseTag, type Reference } from '@berth/oci';
import { Controller, Delete, Get, Head, HttpCode, Inject, Put, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Allow } from '../access/permission.js';
import type { RegistryRequest } from '../access/registry-access.js';
import { ManifestTooLarge, TagInvalid } from '../errors/domain-errors.js';
import { cacheControl, isNotModified } from '../http/caching.js';
import { endWithBytes } from '../http/end-with-bytes.js';
import { LargeBodies } from '../http/large-bodies.js';
import { readBody } from '../http/read-body.js';
import { ReferenceParameter, Registry } from '../http/registry-parameters.js';
import { limits } from '../limits.js';
import { ManifestRemoval } from './manifest-removal.service.js';
import { type FoundManifest, ManifestsService } from './manifests.service.js';

const manifestLimits = {
  limitBytes: limits.manifestBytes,
  tooLarge: () => new ManifestTooLarge(limits.manifestBytes),
};

/** Distribution spec, "Pulling manifests", "Pushing Manifests", "Deleting tags" and "Deleting Manifests". */
@Controller('v2/*name/manifests/:reference')
export class ManifestsV2Controller {
  constructor(
    @Inject(ManifestsService) private readonly manifests: ManifestsService,
    @Inject(ManifestRemoval) private readonly removal: ManifestRemoval,
    @Inject(LargeBodies) private readonly largeBodies: LargeBodies,
  ) {}

  @Head()
  @Allow('pull', 'registry')
  async headManifest(
    @Registry() request: RegistryRequest,
    @ReferenceParameter() reference: Reference,
    @Req() http: Request,
    @Res() response: Response,
  ): Promise<void> {
    const manifest = await this.manifests.findManifest(request, reference);
    describeManifest(response, manifest);
    if (isNotModified(http, manifest.digest)) return notModified(response);
    response.end();
  }

  @Get()
  @Allow('pull', 'registry')
  async getManifest(
    @Registry() request: RegistryRequest,
    @ReferenceParameter() reference: Reference,
    @Req() http: Request,
    @Res() response: Response,
  ): Promise<void> {
    const manifest = await this.manifests.getManifest(request, reference);
    describeManifest(response, manifest);
    if (isNotModified(http, manifest.digest)) return notModified(response);
    endWithBytes(response, manifest.bytes);
  }

  @Put()
  @Allow('push', 'registry')
  async putManifest(
    @Registry() request: RegistryRequest,
    @ReferenceParameter() reference: Reference,
    @Query('tag') tag: unknown,
    @Req() http: Request,
    @Res() response: Response,
  ): Promise<void> {
    const tags = parseTags(tag);
    const pushed = await this.largeBodies.during((beforeLarge) =>
      this.manifests.pushManifest(request, reference, {
        readBytes: () => readBody(http, { ...manifestLimits, beforeLarge }),
        mediaType: http.headers['content-type'],
        tags,
      }),
    );
    response.setHeader('Location', `/v2/${request.repository.asked}/manifests/${pushed.digest.text}`);
    response.setHeader('Docker-Content-Digest', pushed.digest.text);
    if (pushed.subject) response.setHeader('OCI-Subject', pushed.subject.text);
    if (tags.length > 0) response.setHeader('OCI-Tag', pushed.tags.join(', '));
    response.setHeader('Cache-Control', 'private, no-store');
    response.status(201).setHeader('Content-Length', 0).end();
  }

  @Delete()
  @HttpCode(202)
  @Allow('delete', 'registry')
  async deleteManifest(
    @Registry() request: RegistryRequest,
    @ReferenceParameter() reference: Reference,
  ): Promise<void> {
    await this.removal.deleteManifest(request, reference);
  }
}

function describeManifest(response: Response, manifest: FoundManifest): void {
  response.setHeader('Content-Type', manifest.mediaType);
  response.setHeader('Content-Length', manifest.sizeBytes);
  response.setHeader('Docker-Content-Digest', manifest.digest);
  response.setHeader('ETag', `"${manifest.digest}"`);
  response.setHeader('Cache-Control', cacheControl(manifest.isPublic));
}

function notModified(response: Response): void {
  response.removeHeader('Content-Length');
  response.status(304).end();
}

/** Spec, "Pushing Manifests": `?tag=1.2.3&tag=1.2`. */
function parseTags(parameter: unknown): string[] {
  const given = parameter === undefined ? [] : Array.isArray(parameter) ? parameter : [parameter];
  if (given.length > limits.tagsPerPush)
    throw new TagInvalid(`One push may set at most ${limits.tagsPerPush} tags.`);
  try {
    return given.map((text) => parseTag(String(text)));
  } catch (error) {
    if (!(error instanceof InvalidTag)) throw error;
    throw new TagInvalid(error.message, undefined, { cause: error });
  }
}
