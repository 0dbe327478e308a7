import { Module } from '@nestjs/common';
import { BlobsModule } from '../blobs/blobs.module.js';
import { BlobCollectionStore } from './blob-collection.store.js';
import { BlobExplanationStore } from './blob-explanation.store.js';
import { BlobExplanationsController } from './blob-explanations.controller.js';
import { BlobExplanations } from './blob-explanations.service.js';
import { CollectionJob } from './collection-job.js';
import { Collector } from './collector.js';
import { GarbageCollectionController } from './garbage-collection.controller.js';
import { GarbageCollection } from './garbage-collection.service.js';
import { LinkCollectionStore } from './link-collection.store.js';
import { OrphanedObjects } from './orphaned-objects.js';

@Module({
  imports: [BlobsModule],
  controllers: [GarbageCollectionController, BlobExplanationsController],
  providers: [
    GarbageCollection,
    CollectionJob,
    Collector,
    OrphanedObjects,
    LinkCollectionStore,
    BlobCollectionStore,
    BlobExplanations,
    BlobExplanationStore,
  ],
})
export class GarbageCollectionModule {}
