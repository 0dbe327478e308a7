import { Module } from '@nestjs/common';
import { BlobsModule } from '../blobs/blobs.module.js';
import { LargeBodies } from '../http/large-bodies.js';
import { RepositoriesModule } from '../repositories/repositories.module.js';
import { ManifestStore } from './manifest.store.js';
import { ManifestDetailStore } from './manifest-detail.store.js';
import { ManifestDetails } from './manifest-details.service.js';
import { ManifestWriterStore } from './manifest-writer.store.js';
import { ManifestsController } from './manifests.controller.js';
import { ManifestsService } from './manifests.service.js';
import { ManifestsV2Controller } from './manifests-v2.controller.js';

@Module({
  imports: [BlobsModule, RepositoriesModule],
  controllers: [ManifestsV2Controller, ManifestsController],
  providers: [
    LargeBodies,
    ManifestsService,
    ManifestStore,
    ManifestWriterStore,
    ManifestDetails,
    ManifestDetailStore,
  ],
  exports: [ManifestsService, ManifestDetails],
})
export class ManifestsModule {}
