import { Module } from '@nestjs/common';
import { RepositoriesService } from './repositories.service.js';
import { RepositoryStore } from './repository.store.js';
import { RepositoryCreation } from './repository-creation.js';

@Module({
  providers: [RepositoriesService, RepositoryStore, RepositoryCreation],
  exports: [RepositoriesService],
})
export class RepositoriesModule {}
