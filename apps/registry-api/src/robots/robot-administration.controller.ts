import { Body, Controller, Delete, Get, Header, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Requester } from '../access/credential.js';
import type { RevocationsBody, RevokedAnswer } from '../access/credential.schema.js';
import { revocationsSchema, revokedSchema } from '../access/credential.schema.js';
import { Allow, From } from '../access/permission.js';
import { Audited } from '../audit/audited.js';
import type { ListPage } from '../http/cursor-page.js';
import { IdPipe } from '../http/id.pipe.js';
import { RobotAdministration } from './robot-administration.service.js';
import { toPlacedAnswer } from './robot-answers.js';
import type { PlacedRobotAnswer, RobotListQuery } from './robots.schema.js';
import { placedRobotPageSchema, robotListQuerySchema } from './robots.schema.js';

@ApiTags('administration')
@Controller('api/v1/admin/robots')
export class RobotAdministrationController {
  constructor(@Inject(RobotAdministration) private readonly robots: RobotAdministration) {}

  @Get()
  @Allow('admin', 'api')
  @Header('Cache-Control', 'private, no-store')
  @ApiOkResponse({ standardSchema: placedRobotPageSchema })
  async listAllRobots(
    @Query({ schema: robotListQuerySchema }) query: RobotListQuery,
  ): Promise<ListPage<PlacedRobotAnswer>> {
    const { namespace, expired: isExpired, unusedDays, ...page } = query;
    const { items, nextCursor } = await this.robots.listAllRobots({ namespace, isExpired, unusedDays }, page);
    return { items: items.map(toPlacedAnswer), nextCursor };
  }

  @Post('revocations')
  @HttpCode(200)
  @Allow('admin', 'api')
  @Audited('robots.delete', () => 'robots')
  @ApiOkResponse({ standardSchema: revokedSchema })
  async deleteRobots(
    @From() requester: Requester,
    @Body({ schema: revocationsSchema }) { ids }: RevocationsBody,
  ): Promise<RevokedAnswer> {
    return { revokedIds: await this.robots.deleteRobots(requester, ids) };
  }

  @Delete(':id')
  @HttpCode(204)
  @Allow('admin', 'api')
  @Audited('robot.delete', ({ params }) => `robot:${params.id}`)
  @ApiNoContentResponse()
  async deleteAnyRobot(@From() requester: Requester, @Param('id', IdPipe) id: string): Promise<void> {
    await this.robots.deleteAnyRobot(requester, id);
  }
}
