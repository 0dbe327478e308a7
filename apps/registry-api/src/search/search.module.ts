import { Module } from '@nestjs/common';
import { SearchService } from './search.service.js';
import { SearchStore } from './search.store.js';
import { SearchV1Controller } from './search-v1.controller.js';

@Module({ controllers: [SearchV1Controller], providers: [SearchService, SearchStore] })
export class SearchModule {}
