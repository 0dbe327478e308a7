import { Module } from '@nestjs/common';
import { ManifestsModule } from '../manifests/manifests.module.js';
import { NamespacesModule } from '../namespaces/namespaces.module.js';
import { ExpiredTagStore } from './expired-tag.store.js';
import { ExpiredTags } from './expired-tags.js';
import { LifecycleController } from './lifecycle.controller.js';
import { LifecycleService } from './lifecycle.service.js';
import { LifecycleStore } from './lifecycle.store.js';
import { PatternCoverageStore } from './pattern-coverage.store.js';
import { RuleReader } from './rule-reader.js';

@Module({
  imports: [ManifestsModule, NamespacesModule],
  controllers: [LifecycleController],
  providers: [
    RuleReader,
    LifecycleService,
    LifecycleStore,
    PatternCoverageStore,
    ExpiredTags,
    ExpiredTagStore,
  ],
  exports: [RuleReader],
})
export class LifecycleModule {}
