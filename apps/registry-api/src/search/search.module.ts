import { Module } from '@nestjs/common';
import { SearchController } from './search.controller.js';
import { SearchService } from './search.service.js';
import { SearchStore } from './search.store.js';
import { SearchJumpStore } from './search-jump.store.js';
import { SearchV1Controller } from './search-v1.controller.js';

@Module({
  controllers: [SearchV1Controller, SearchController],
  providers: [SearchService, SearchStore, SearchJumpStore],
})
export class SearchModule {}
