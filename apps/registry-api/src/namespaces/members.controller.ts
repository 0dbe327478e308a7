import { Body, Controller, Delete, Get, Header, HttpCode, Inject, Param, Put, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Requester } from '../access/credential.js';
import { Allow, From } from '../access/permission.js';
import { Audited } from '../audit/audited.js';
import type { RoleBody } from '../http/common.schema.js';
import { roleBodySchema } from '../http/common.schema.js';
import { type CursorPage, cursorPageSchema, type ListPage } from '../http/cursor-page.js';
import { NamePipe } from '../http/name.pipe.js';
import type { Member } from './member.store.js';
import type { MemberAnswer } from './members.schema.js';
import { memberPageSchema, memberSchema } from './members.schema.js';
import { MembersService } from './members.service.js';

@ApiTags('namespaces')
@Controller('api/v1/namespaces/:namespace/members')
export class MembersController {
  constructor(@Inject(MembersService) private readonly members: MembersService) {}

  @Get()
  @Allow('user', 'api')
  @Header('Cache-Control', 'private, no-store')
  @ApiOkResponse({ standardSchema: memberPageSchema })
  async listMembers(
    @From() requester: Requester,
    @Param('namespace', NamePipe) namespace: string,
    @Query({ schema: cursorPageSchema }) page: CursorPage,
  ): Promise<ListPage<MemberAnswer>> {
    const { items, nextCursor } = await this.members.listMembers(requester, namespace, page);
    return { items: items.map(toAnswer), nextCursor };
  }

  @Put(':username')
  @Allow('user', 'api')
  @Audited('member.set', ({ params }) => `namespace:${params.namespace}`)
  @ApiOkResponse({ standardSchema: memberSchema })
  async setMember(
    @From() requester: Requester,
    @Param('namespace', NamePipe) namespace: string,
    @Param('username', NamePipe) username: string,
    @Body({ schema: roleBodySchema }) { role }: RoleBody,
  ): Promise<MemberAnswer> {
    return toAnswer(await this.members.setMember(requester, namespace, username, role));
  }

  @Delete(':username')
  @HttpCode(204)
  @Allow('user', 'api')
  @Audited('member.remove', ({ params }) => `namespace:${params.namespace}`)
  @ApiNoContentResponse()
  async removeMember(
    @From() requester: Requester,
    @Param('namespace', NamePipe) namespace: string,
    @Param('username', NamePipe) username: string,
  ): Promise<void> {
    await this.members.removeMember(requester, namespace, username);
  }
}

function toAnswer({ username, role, createdAt }: Member): MemberAnswer {
  return { username, role, createdAt: createdAt.toISOString() };
}
