import { Module } from '@nestjs/common';
import { LifecycleModule } from '../lifecycle/lifecycle.module.js';
import { ManifestsModule } from '../manifests/manifests.module.js';
import { TagsModule } from '../tags/tags.module.js';
import { TrashModule } from '../trash/trash.module.js';
import { RemovedByRunStore } from './removed-by-run.store.js';
import { RetentionController } from './retention.controller.js';
import { RetentionService } from './retention.service.js';
import { RetentionContentStore } from './retention-content.store.js';
import { RetentionHistory } from './retention-history.service.js';
import { RetentionPlans } from './retention-plans.js';
import { RetentionRunStore } from './retention-run.store.js';
import { RetentionRuns } from './retention-runs.js';
import { RetentionTargetStore } from './retention-target.store.js';
import { RetentionUndo } from './retention-undo.service.js';

@Module({
  imports: [LifecycleModule, ManifestsModule, TagsModule, TrashModule],
  controllers: [RetentionController],
  providers: [
    RetentionService,
    RetentionHistory,
    RetentionUndo,
    RemovedByRunStore,
    RetentionPlans,
    RetentionRuns,
    RetentionContentStore,
    RetentionTargetStore,
    RetentionRunStore,
  ],
  exports: [RetentionRuns],
})
export class RetentionModule {}
