import { Module } from '@nestjs/common';
import { RepositoryGrantsController } from './repository-grants.controller.js';
import { RepositoryGrantsService } from './repository-grants.service.js';
import { RepositoryGrantsStore } from './repository-grants.store.js';

@Module({
  controllers: [RepositoryGrantsController],
  providers: [RepositoryGrantsService, RepositoryGrantsStore],
})
export class RepositoryGrantsModule {}
