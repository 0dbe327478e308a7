import { Module } from '@nestjs/common';
import { TagStore } from './tag.store.js';
import { TagsService } from './tags.service.js';
import { TagsV2Controller } from './tags-v2.controller.js';

@Module({ controllers: [TagsV2Controller], providers: [TagsService, TagStore] })
export class TagsModule {}
