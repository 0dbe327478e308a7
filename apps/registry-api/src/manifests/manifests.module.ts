import { Module } from '@nestjs/common';
import { BlobsModule } from '../blobs/blobs.module.js';
import { EventsModule } from '../events/events.module.js';
import { LargeBodies } from '../http/large-bodies.js';
import { PullsModule } from '../pulls/pulls.module.js';
import { RepositoriesModule } from '../repositories/repositories.module.js';
import { TagRemovalModule } from '../tags/tag-removal.module.js';
import { ContentRemoval } from './content-removal.js';
import { ManifestStore } from './manifest.store.js';
import { ManifestDetailStore } from './manifest-detail.store.js';
import { ManifestDetails } from './manifest-details.service.js';
import { ManifestRemoval } from './manifest-removal.service.js';
import { ManifestRemovalStore } from './manifest-removal.store.js';
import { ManifestWriterStore } from './manifest-writer.store.js';
import { ManifestsController } from './manifests.controller.js';
import { ManifestsService } from './manifests.service.js';
import { ManifestsV2Controller } from './manifests-v2.controller.js';

@Module({
  imports: [BlobsModule, EventsModule, PullsModule, RepositoriesModule, TagRemovalModule],
  controllers: [ManifestsV2Controller, ManifestsController],
  providers: [
    LargeBodies,
    ManifestsService,
    ManifestStore,
    ManifestWriterStore,
    ManifestRemoval,
    ManifestRemovalStore,
    ContentRemoval,
    ManifestDetails,
    ManifestDetailStore,
  ],
  exports: [ManifestsService, ManifestDetails, ContentRemoval],
})
export class ManifestsModule {}
