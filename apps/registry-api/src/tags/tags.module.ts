import { Module } from '@nestjs/common';
import { ManifestsModule } from '../manifests/manifests.module.js';
import { TagStore } from './tag.store.js';
import { TagList } from './tag-list.service.js';
import { TagListStore } from './tag-list.store.js';
import { TagsController } from './tags.controller.js';
import { TagsService } from './tags.service.js';
import { TagsV2Controller } from './tags-v2.controller.js';

@Module({
  imports: [ManifestsModule],
  controllers: [TagsV2Controller, TagsController],
  providers: [TagsService, TagStore, TagList, TagListStore],
})
export class TagsModule {}
