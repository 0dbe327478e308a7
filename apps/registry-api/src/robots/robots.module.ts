import { Module } from '@nestjs/common';
import { AccessTokensModule } from '../access-tokens/access-tokens.module.js';
import { NamespacesModule } from '../namespaces/namespaces.module.js';
import { RobotStore } from './robot.store.js';
import { RobotAdministrationController } from './robot-administration.controller.js';
import { RobotAdministration } from './robot-administration.service.js';
import { RobotWriterStore } from './robot-writer.store.js';
import { RobotsController } from './robots.controller.js';
import { RobotsService } from './robots.service.js';

@Module({
  imports: [NamespacesModule, AccessTokensModule],
  controllers: [RobotsController, RobotAdministrationController],
  providers: [RobotsService, RobotAdministration, RobotStore, RobotWriterStore],
})
export class RobotsModule {}
