import { Body, Controller, Get, Header, HttpCode, Inject, Param, Post, Req } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { Allow } from '../access/permission.js';
import { Audited } from '../audit/audited.js';
import { ENV, type Env } from '../env.js';
import { clientAddress } from '../http/client-address.js';
import type { LinkedPasswordBody, OpenLink } from './accounts.schema.js';
import { linkedPasswordSchema, linkSecretSchema, openLinkSchema } from './accounts.schema.js';
import { LinkedPasswords } from './linked-passwords.service.js';

/** What the page behind a link to set a password calls; the secret is all it needs. */
@ApiTags('password-resets')
@Controller('api/v1/password-resets')
export class PasswordResetsController {
  constructor(
    @Inject(LinkedPasswords) private readonly passwords: LinkedPasswords,
    @Inject(ENV) private readonly env: Env,
  ) {}

  @Get(':secret')
  @Allow('unguarded', 'api')
  @Header('Cache-Control', 'private, no-store')
  @ApiOkResponse({ standardSchema: openLinkSchema })
  async getPasswordReset(@Param('secret', { schema: linkSecretSchema }) secret: string): Promise<OpenLink> {
    const { username, expiresAt } = await this.passwords.findLink(secret);
    return { username, expiresAt: expiresAt.toISOString() };
  }

  @Post(':secret')
  @HttpCode(204)
  @Allow('unguarded', 'api')
  @Audited('password.set', () => 'user')
  @ApiNoContentResponse()
  async setPassword(
    @Param('secret', { schema: linkSecretSchema }) secret: string,
    @Body({ schema: linkedPasswordSchema }) { password }: LinkedPasswordBody,
    @Req() request: Request,
  ): Promise<void> {
    await this.passwords.setPassword(secret, password, clientAddress(request, this.env));
  }
}
