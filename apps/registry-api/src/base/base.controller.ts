import { All, Controller, Get, Inject, Req } from '@nestjs/common';
import type { Request } from 'express';
import { AccessService } from '../access/access.service.js';
import type { Requester } from '../access/credential.js';
import { Allow, From } from '../access/permission.js';
import { problemSentence } from '../access/registry-access.js';
import { RouteUnknown, Unauthorized } from '../errors/domain-errors.js';

/** `GET /v2/`: whether this is a registry, and whether the credential counts (distribution spec, "Determining Support"). */
@Controller('v2')
export class BaseController {
  constructor(@Inject(AccessService) private readonly access: AccessService) {}

  @Get()
  @Allow('anyone', 'registry')
  async getBase(@From() requester: Requester): Promise<Record<string, never>> {
    if (requester.presented === 'none') throw new Unauthorized([]);
    const { credentialProblem } = await this.access.whoIs(requester.credential);
    if (credentialProblem) throw new Unauthorized([], undefined, problemSentence(credentialProblem));
    return {};
  }

  /** Under `/v2` every answer is JSON, also for addresses that are none. */
  @All('*path')
  @Allow('unguarded', 'registry')
  unknownRoute(@Req() request: Request): never {
    throw new RouteUnknown(request.method, request.path);
  }
}
