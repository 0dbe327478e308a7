import { isDigestAlgorithm, parseContentRange } from '@berth/oci';
import {
  Controller,
  Delete,
  Get,
  HttpCode,
  Inject,
  Param,
  Patch,
  Post,
  Put,
  Query,
  Req,
  Res,
} from '@nestjs/common';
import type { Request, Response } from 'express';
import { Allow } from '../access/permission.js';
import type { RegistryRequest } from '../access/registry-access.js';
import { MountsService } from '../blobs/mounts.service.js';
import { DigestInvalid, SizeInvalid, UploadInvalid } from '../errors/domain-errors.js';
import { uploadRange } from '../errors/table.js';
import { passingChunks } from '../http/read-body.js';
import { parseDigest, parseName, Registry } from '../http/registry-parameters.js';
import type { Chunk } from './upload-writer.js';
import { type UploadStatus, UploadsService, uploadLocation } from './uploads.service.js';

/** Distribution spec, "Pushing blobs". */
@Controller('v2/*name/blobs/uploads')
export class UploadsV2Controller {
  constructor(
    @Inject(UploadsService) private readonly uploads: UploadsService,
    @Inject(MountsService) private readonly mounts: MountsService,
  ) {}

  @Post()
  @Allow('push', 'registry')
  async postUpload(
    @Registry() request: RegistryRequest,
    @Query() query: Record<string, unknown>,
    @Req() http: Request,
    @Res() response: Response,
  ): Promise<void> {
    const { mount, from, digest, 'digest-algorithm': algorithm } = texts(query);
    if (mount !== undefined) {
      const source = from === undefined ? undefined : { name: parseName(from), asked: from };
      if (source) this.mounts.requireEntry(request, source);
      const outcome = await this.uploads.mountOrBegin(request, parseDigest(mount), source);
      if ('mounted' in outcome) return created(response, request, outcome.mounted.text);
      return accepted(response, request, outcome);
    }
    if (digest !== undefined) {
      const wanted = parseDigest(digest);
      await this.uploads.pushWhole(request, wanted, toChunk(http));
      return created(response, request, wanted.text);
    }
    accepted(response, request, await this.uploads.beginUpload(request, toAlgorithm(algorithm)));
  }

  @Get(':upload')
  @Allow('push', 'registry')
  async getUpload(
    @Registry() request: RegistryRequest,
    @Param('upload') id: string,
    @Res() response: Response,
  ): Promise<void> {
    describe(response, request, await this.uploads.uploadStatus(request, uploadId(id)));
    response.status(204).end();
  }

  @Patch(':upload')
  @Allow('push', 'registry')
  async patchUpload(
    @Registry() request: RegistryRequest,
    @Param('upload') id: string,
    @Req() http: Request,
    @Res() response: Response,
  ): Promise<void> {
    accepted(response, request, await this.uploads.appendChunk(request, uploadId(id), toChunk(http)));
  }

  @Put(':upload')
  @Allow('push', 'registry')
  async putUpload(
    @Registry() request: RegistryRequest,
    @Param('upload') id: string,
    @Query() query: Record<string, unknown>,
    @Req() http: Request,
    @Res() response: Response,
  ): Promise<void> {
    const { digest } = texts(query);
    if (digest === undefined)
      throw new DigestInvalid('Finish an upload with ?digest=<digest of the whole blob>.');
    const wanted = parseDigest(digest);
    await this.uploads.finishUpload(request, uploadId(id), wanted, hasBody(http) ? toChunk(http) : undefined);
    created(response, request, wanted.text);
  }

  @Delete(':upload')
  @HttpCode(204)
  @Allow('push', 'registry')
  async deleteUpload(@Registry() request: RegistryRequest, @Param('upload') id: string): Promise<void> {
    await this.uploads.cancelUpload(request, uploadId(id));
  }
}

function accepted(response: Response, request: RegistryRequest, status: UploadStatus): void {
  describe(response, request, status);
  response.status(202).setHeader('Content-Length', 0).end();
}

function describe(response: Response, request: RegistryRequest, status: UploadStatus): void {
  response.setHeader('Location', uploadLocation(request, status.id));
  response.setHeader('Range', uploadRange(status.offsetBytes));
  response.setHeader('Upload-Offset', status.offsetBytes);
  response.setHeader('Docker-Upload-UUID', status.id);
  response.setHeader('Cache-Control', 'private, no-store');
}

function created(response: Response, request: RegistryRequest, digest: string): void {
  response.setHeader('Location', `/v2/${request.repository.asked}/blobs/${digest}`);
  response.setHeader('Docker-Content-Digest', digest);
  response.setHeader('Cache-Control', 'private, no-store');
  response.status(201).setHeader('Content-Length', 0).end();
}

function hasBody(http: Request): boolean {
  const { 'content-length': length, 'transfer-encoding': encoding } = http.headers;
  return encoding !== undefined || (length !== undefined && length !== '0');
}

function toChunk(http: Request): Chunk {
  const { 'content-length': length, 'content-range': range } = http.headers;
  const lengthBytes = length === undefined ? undefined : Number(length);
  const source = passingChunks(http);
  if (range === undefined) return { source, lengthBytes };
  const parsed = parseContentRange(range);
  if (!parsed)
    throw new UploadInvalid(`Content-Range is written first-last, for example 0-1023; "${range}" is not.`);
  const rangeBytes = parsed.endInclusive - parsed.start + 1;
  if (lengthBytes !== undefined && lengthBytes !== rangeBytes) {
    throw new SizeInvalid(`Content-Range names ${rangeBytes} bytes, Content-Length ${lengthBytes}.`);
  }
  return { source, lengthBytes: rangeBytes, startBytes: parsed.start };
}

const NIL_UUID = '00000000-0000-0000-0000-000000000000';
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A text that is no id of ours is that of no upload: who may not push here must not get another answer to it. */
function uploadId(text: string): string {
  return UUID.test(text) ? text : NIL_UUID;
}

function toAlgorithm(text: string | undefined): 'sha256' | 'sha512' {
  if (text === undefined) return 'sha256';
  if (isDigestAlgorithm(text)) return text;
  throw new DigestInvalid(`digest-algorithm is sha256 or sha512; "${text}" is not supported.`);
}

/** Parameters that were given once; lists and objects, which a query parser makes of repeated ones, are none. */
function texts(query: Record<string, unknown>): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(query).map(([name, value]) => [name, typeof value === 'string' ? value : undefined]),
  );
}
