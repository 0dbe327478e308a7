import { type Digest, parseRangeHeader } from '@berth/oci';
import { Controller, Delete, Get, Head, HttpCode, Inject, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Allow } from '../access/permission.js';
import type { RegistryRequest } from '../access/registry-access.js';
import { RangeUnsatisfiable } from '../errors/domain-errors.js';
import { cacheControl, isNotModified, rangeHeader } from '../http/caching.js';
import { endWithBytes } from '../http/end-with-bytes.js';
import { DigestParameter, Registry } from '../http/registry-parameters.js';
import { BlobsService, type FoundBlob } from './blobs.service.js';

/** Distribution spec, "Pulling blobs" and "Deleting Blobs". */
@Controller('v2/*name/blobs/:digest')
export class BlobsV2Controller {
  constructor(@Inject(BlobsService) private readonly blobs: BlobsService) {}

  @Head()
  @Allow('pull', 'registry')
  async headBlob(
    @Registry() request: RegistryRequest,
    @DigestParameter() digest: Digest,
    @Req() http: Request,
    @Res() response: Response,
  ): Promise<void> {
    const blob = await this.blobs.findBlobForPush(request, digest);
    describeBlob(response, blob);
    if (isNotModified(http, digest.text)) response.status(304);
    else response.setHeader('Content-Length', blob.sizeBytes);
    response.end();
  }

  @Get()
  @Allow('pull', 'registry')
  async getBlob(
    @Registry() request: RegistryRequest,
    @DigestParameter() digest: Digest,
    @Req() http: Request,
    @Res() response: Response,
  ): Promise<void> {
    const blob = await this.blobs.findBlob(request, digest);
    describeBlob(response, blob);
    if (isNotModified(http, digest.text)) {
      response.status(304).end();
      return;
    }
    const range = parseRangeHeader(rangeHeader(http, digest.text), blob.sizeBytes);
    if (range === 'unsatisfiable') throw new RangeUnsatisfiable(blob.sizeBytes);
    const content = await this.blobs.openBlob(blob, range);
    if (content.kind === 'redirect') {
      response.setHeader('Cache-Control', 'private, no-store');
      response.status(307).setHeader('Location', content.url).end();
      return;
    }
    const { start, end } = range ?? { start: 0, end: blob.sizeBytes };
    if (range) response.status(206).setHeader('Content-Range', `bytes ${start}-${end - 1}/${blob.sizeBytes}`);
    response.setHeader('Content-Length', end - start);
    if (content.kind === 'bytes') {
      endWithBytes(response, content.bytes);
      return;
    }
    await content.opened.send(response);
    response.end();
  }

  @Delete()
  @HttpCode(202)
  @Allow('delete', 'registry')
  async deleteBlob(@Registry() request: RegistryRequest, @DigestParameter() digest: Digest): Promise<void> {
    await this.blobs.deleteBlob(request, digest);
  }
}

function describeBlob(response: Response, blob: FoundBlob): void {
  response.setHeader('Content-Type', 'application/octet-stream');
  response.setHeader('Docker-Content-Digest', blob.digest);
  response.setHeader('ETag', `"${blob.digest}"`);
  response.setHeader('Accept-Ranges', 'bytes');
  response.setHeader('Content-Disposition', 'attachment');
  response.setHeader('Cache-Control', cacheControl(blob.isPublic));
}
