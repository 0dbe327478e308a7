import { Module } from '@nestjs/common';
import { AccessTokenStore } from './access-token.store.js';
import { AccessTokenAdministrationController } from './access-token-administration.controller.js';
import { AccessTokenAdministration } from './access-token-administration.service.js';
import { AccessTokensController } from './access-tokens.controller.js';
import { AccessTokensService } from './access-tokens.service.js';
import { MakerReach } from './maker-reach.js';

@Module({
  controllers: [AccessTokensController, AccessTokenAdministrationController],
  providers: [AccessTokensService, AccessTokenAdministration, AccessTokenStore, MakerReach],
  exports: [MakerReach],
})
export class AccessTokensModule {}
