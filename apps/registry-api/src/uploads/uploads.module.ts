import { Module } from '@nestjs/common';
import { BlobsModule } from '../blobs/blobs.module.js';
import { EventsModule } from '../events/events.module.js';
import { QuotasModule } from '../quotas/quotas.module.js';
import { RepositoriesModule } from '../repositories/repositories.module.js';
import { AbandonedUploads } from './abandoned-uploads.js';
import { RunningHashes } from './running-hashes.js';
import { UploadStore } from './upload.store.js';
import { UploadWriter } from './upload-writer.js';
import { UploadsService } from './uploads.service.js';
import { UploadsV2Controller } from './uploads-v2.controller.js';

@Module({
  imports: [BlobsModule, EventsModule, QuotasModule, RepositoriesModule],
  controllers: [UploadsV2Controller],
  providers: [UploadsService, UploadWriter, UploadStore, RunningHashes, AbandonedUploads],
})
export class UploadsModule {}
