import { Module } from '@nestjs/common';
import { StoreMetrics } from '../metrics/store-metrics.js';
import { BlobRecordStore } from './blob.store.js';
import { BlobLocationStore } from './blob-location.store.js';
import { blobStoreProvider } from './blob-store.provider.js';
import { BlobsService } from './blobs.service.js';
import { BlobsV2Controller } from './blobs-v2.controller.js';
import { ContentCache } from './content-cache.js';
import { MountsService } from './mounts.service.js';
import { ShownBlobs } from './shown-blobs.service.js';

@Module({
  controllers: [BlobsV2Controller],
  providers: [
    BlobsService,
    MountsService,
    ShownBlobs,
    BlobRecordStore,
    BlobLocationStore,
    ContentCache,
    StoreMetrics,
    blobStoreProvider,
  ],
  exports: [BlobsService, MountsService, ShownBlobs, ContentCache, blobStoreProvider],
})
export class BlobsModule {}
