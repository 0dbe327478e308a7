import { Module } from '@nestjs/common';
import { BlobsModule } from '../blobs/blobs.module.js';
import { RepositoriesModule } from '../repositories/repositories.module.js';
import { AbandonedUploads } from './abandoned-uploads.js';
import { RunningHashes } from './running-hashes.js';
import { UploadStore } from './upload.store.js';
import { UploadsService } from './uploads.service.js';
import { UploadsV2Controller } from './uploads-v2.controller.js';

@Module({
  imports: [BlobsModule, RepositoriesModule],
  controllers: [UploadsV2Controller],
  providers: [UploadsService, UploadStore, RunningHashes, AbandonedUploads],
})
export class UploadsModule {}
