import {
  Body,
  Controller,
  Delete,
  Get,
  Header,
  HttpCode,
  Inject,
  Param,
  Patch,
  Post,
  Query,
} from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Requester } from '../access/credential.js';
import type { RotationBody } from '../access/credential.schema.js';
import { rotationSchema } from '../access/credential.schema.js';
import { Allow, From } from '../access/permission.js';
import { Audited } from '../audit/audited.js';
import { type CursorPage, cursorPageSchema, type ListPage } from '../http/cursor-page.js';
import { NamePipe } from '../http/name.pipe.js';
import { toAnswer, toAnswerWithSecret } from './robot-answers.js';
import type { NewRobotBody, RobotAnswer, RobotChange, RobotWithSecretAnswer } from './robots.schema.js';
import {
  newRobotSchema,
  robotChangeSchema,
  robotPageSchema,
  robotSchema,
  robotWithSecretSchema,
} from './robots.schema.js';
import { RobotsService } from './robots.service.js';

@ApiTags('robots')
@Controller('api/v1/namespaces/:namespace/robots')
export class RobotsController {
  constructor(@Inject(RobotsService) private readonly robots: RobotsService) {}

  @Get()
  @Allow('user', 'api')
  @Header('Cache-Control', 'private, no-store')
  @ApiOkResponse({ standardSchema: robotPageSchema })
  async listRobots(
    @From() requester: Requester,
    @Param('namespace', NamePipe) namespace: string,
    @Query({ schema: cursorPageSchema }) page: CursorPage,
  ): Promise<ListPage<RobotAnswer>> {
    const { items, nextCursor } = await this.robots.listRobots(requester, namespace, page);
    return { items: items.map(toAnswer), nextCursor };
  }

  @Post()
  @Allow('user', 'api')
  @Audited('robot.create', ({ params, body }) => `robot:robot+${params.namespace}+${String(body?.name)}`)
  @Header('Cache-Control', 'private, no-store')
  @ApiCreatedResponse({ standardSchema: robotWithSecretSchema })
  async createRobot(
    @From() requester: Requester,
    @Param('namespace', NamePipe) namespace: string,
    @Body({ schema: newRobotSchema }) body: NewRobotBody,
  ): Promise<RobotWithSecretAnswer> {
    return toAnswerWithSecret(await this.robots.createRobot(requester, namespace, body));
  }

  @Get(':robot')
  @Allow('user', 'api')
  @Header('Cache-Control', 'private, no-store')
  @ApiOkResponse({ standardSchema: robotSchema })
  async getRobot(
    @From() requester: Requester,
    @Param('namespace', NamePipe) namespace: string,
    @Param('robot', NamePipe) robot: string,
  ): Promise<RobotAnswer> {
    return toAnswer(await this.robots.findRobot(requester, namespace, robot));
  }

  @Patch(':robot')
  @Allow('user', 'api')
  @Audited('robot.change', ({ params }) => `robot:robot+${params.namespace}+${params.robot}`)
  @ApiOkResponse({ standardSchema: robotSchema })
  async changeRobot(
    @From() requester: Requester,
    @Param('namespace', NamePipe) namespace: string,
    @Param('robot', NamePipe) robot: string,
    @Body({ schema: robotChangeSchema }) change: RobotChange,
  ): Promise<RobotAnswer> {
    return toAnswer(await this.robots.changeRobot(requester, namespace, robot, change));
  }

  @Post(':robot/rotate')
  @HttpCode(200)
  @Allow('user', 'api')
  @Audited('robot.rotate', ({ params }) => `robot:robot+${params.namespace}+${params.robot}`)
  @Header('Cache-Control', 'private, no-store')
  @ApiOkResponse({ standardSchema: robotWithSecretSchema })
  async rotateRobot(
    @From() requester: Requester,
    @Param('namespace', NamePipe) namespace: string,
    @Param('robot', NamePipe) robot: string,
    @Body({ schema: rotationSchema }) rotation: RotationBody,
  ): Promise<RobotWithSecretAnswer> {
    return toAnswerWithSecret(await this.robots.rotateRobot(requester, namespace, robot, rotation));
  }

  @Delete(':robot')
  @HttpCode(204)
  @Allow('user', 'api')
  @Audited('robot.delete', ({ params }) => `robot:robot+${params.namespace}+${params.robot}`)
  @ApiNoContentResponse()
  async deleteRobot(
    @From() requester: Requester,
    @Param('namespace', NamePipe) namespace: string,
    @Param('robot', NamePipe) robot: string,
  ): Promise<void> {
    await this.robots.deleteRobot(requester, namespace, robot);
  }
}
