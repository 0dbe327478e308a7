import { Module } from '@nestjs/common';
import { ManifestsModule } from '../manifests/manifests.module.js';
import { TrashModule } from '../trash/trash.module.js';
import { TagStore } from './tag.store.js';
import { TagActivityController } from './tag-activity.controller.js';
import { TagActivity } from './tag-activity.service.js';
import { TagActivityStore } from './tag-activity.store.js';
import { TagList } from './tag-list.service.js';
import { TagListStore } from './tag-list.store.js';
import { TagMoves } from './tag-moves.service.js';
import { TagRemovalModule } from './tag-removal.module.js';
import { TagRestorationStore } from './tag-restoration.store.js';
import { TagsController } from './tags.controller.js';
import { TagsService } from './tags.service.js';
import { TagsV2Controller } from './tags-v2.controller.js';

@Module({
  imports: [ManifestsModule, TagRemovalModule, TrashModule],
  controllers: [TagsV2Controller, TagsController, TagActivityController],
  providers: [
    TagsService,
    TagStore,
    TagList,
    TagListStore,
    TagMoves,
    TagRestorationStore,
    TagActivity,
    TagActivityStore,
  ],
  exports: [TagMoves],
})
export class TagsModule {}
