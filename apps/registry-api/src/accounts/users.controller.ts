import { Body, Controller, Header, Inject, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiTags } from '@nestjs/swagger';
import type { Requester } from '../access/credential.js';
import { Allow, From } from '../access/permission.js';
import { Audited } from '../audit/audited.js';
import type { CreatedUser, NewUserBody } from './accounts.schema.js';
import { createdUserSchema, newUserSchema } from './accounts.schema.js';
import { UsersService } from './users.service.js';

@ApiTags('users')
@Controller('api/v1/users')
export class UsersController {
  constructor(@Inject(UsersService) private readonly users: UsersService) {}

  /** By an admin, or by anybody where sign-up is open. */
  @Post()
  @Allow('anyone', 'api')
  @Audited('user.create', ({ body }) => `user:${(body as { username?: unknown } | undefined)?.username}`)
  @Header('Cache-Control', 'private, no-store')
  @ApiCreatedResponse({ standardSchema: createdUserSchema })
  async createUser(
    @From() requester: Requester,
    @Body({ schema: newUserSchema }) body: NewUserBody,
  ): Promise<CreatedUser> {
    const { username, email, createdAt, passwordLink } = await this.users.createUser(requester, body);
    return {
      username,
      email: email ?? null,
      isAdmin: false,
      createdAt: createdAt.toISOString(),
      namespace: username,
      passwordLink: passwordLink && { ...passwordLink, expiresAt: passwordLink.expiresAt.toISOString() },
    };
  }
}
