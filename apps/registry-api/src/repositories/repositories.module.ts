import { Module } from '@nestjs/common';
import { RepositoriesController } from './repositories.controller.js';
import { RepositoriesService } from './repositories.service.js';
import { RepositoryStore } from './repository.store.js';
import { RepositoryCreation } from './repository-creation.js';
import { RepositoryCreationStore } from './repository-creation.store.js';
import { ShownRepositories } from './shown-repositories.service.js';
import { ShownRepositoryStore } from './shown-repository.store.js';

@Module({
  controllers: [RepositoriesController],
  providers: [
    RepositoriesService,
    RepositoryStore,
    RepositoryCreation,
    RepositoryCreationStore,
    ShownRepositories,
    ShownRepositoryStore,
  ],
  exports: [RepositoriesService],
})
export class RepositoriesModule {}
