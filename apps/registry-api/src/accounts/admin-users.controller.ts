import { Body, Controller, Delete, Get, Header, Inject, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Requester } from '../access/credential.js';
import { Allow, From } from '../access/permission.js';
import { Audited } from '../audit/audited.js';
import type { ListPage } from '../http/cursor-page.js';
import type {
  AdminUser,
  PasswordLink,
  RemovedUser,
  UserChange,
  UserListQuery,
  UserRemoval,
} from './accounts.schema.js';
import {
  adminUserPageSchema,
  adminUserSchema,
  passwordLinkSchema,
  removedUserSchema,
  userChangeSchema,
  userListQuerySchema,
  userRemovalSchema,
} from './accounts.schema.js';
import { UserAdministration } from './user-administration.service.js';
import { toAnswer } from './user-answers.js';

@ApiTags('administration')
@Controller('api/v1/admin/users')
@Allow('admin', 'api')
export class AdminUsersController {
  constructor(@Inject(UserAdministration) private readonly users: UserAdministration) {}

  @Get()
  @Header('Cache-Control', 'private, no-store')
  @ApiOkResponse({ standardSchema: adminUserPageSchema })
  async listUsers(
    @Query({ schema: userListQuerySchema }) query: UserListQuery,
  ): Promise<ListPage<AdminUser>> {
    const { q, disabled, admin, unused, ...page } = query;
    const filter = { text: q, isDisabled: disabled, isAdmin: admin, unusedDays: unused };
    const { items, nextCursor } = await this.users.listUsers(filter, page);
    return { items: items.map(toAnswer), nextCursor };
  }

  @Get(':username')
  @Header('Cache-Control', 'private, no-store')
  @ApiOkResponse({ standardSchema: adminUserSchema })
  async getUser(@Param('username') username: string): Promise<AdminUser> {
    return toAnswer(await this.users.findUser(username));
  }

  /** Grants and takes admin, disables and enables. Disabling ends every session and token at once. */
  @Patch(':username')
  @Audited('user.change', ({ params }) => `user:${params.username}`)
  @ApiOkResponse({ standardSchema: adminUserSchema })
  async changeUser(
    @From() requester: Requester,
    @Param('username') username: string,
    @Body({ schema: userChangeSchema }) change: UserChange,
  ): Promise<AdminUser> {
    return toAnswer(await this.users.changeUser(requester, username, change));
  }

  /** The namespace stays, with all that is in it, and becomes an organization of the owner named. */
  @Delete(':username')
  @Audited('user.delete', ({ params }) => `user:${params.username}`)
  @ApiOkResponse({ standardSchema: removedUserSchema })
  async deleteUser(
    @From() requester: Requester,
    @Param('username') username: string,
    @Query({ schema: userRemovalSchema }) { owner }: UserRemoval,
  ): Promise<RemovedUser> {
    return { owner, namespaces: await this.users.deleteUser(requester, username, owner) };
  }

  /** A link with which the user sets a new password; the one of now goes on working until then. */
  @Post(':username/password-resets')
  @Audited('password-link.create', ({ params }) => `user:${params.username}`)
  @Header('Cache-Control', 'private, no-store')
  @ApiCreatedResponse({ standardSchema: passwordLinkSchema })
  async createPasswordReset(
    @From() requester: Requester,
    @Param('username') username: string,
  ): Promise<PasswordLink> {
    const { url, expiresAt } = await this.users.createPasswordLink(requester, username);
    return { url, expiresAt: expiresAt.toISOString() };
  }
}
