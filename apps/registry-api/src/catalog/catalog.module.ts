import { Module } from '@nestjs/common';
import { CatalogService } from './catalog.service.js';
import { CatalogStore } from './catalog.store.js';
import { CatalogV2Controller } from './catalog-v2.controller.js';

@Module({ controllers: [CatalogV2Controller], providers: [CatalogService, CatalogStore] })
export class CatalogModule {}
