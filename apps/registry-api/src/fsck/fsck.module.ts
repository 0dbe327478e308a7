import { Module } from '@nestjs/common';
import { BlobsModule } from '../blobs/blobs.module.js';
import { BlobCheck } from './blob-check.js';
import { FsckService } from './fsck.service.js';
import { FsckJob } from './fsck-job.js';
import { FsckRepairs } from './fsck-repairs.js';
import { FsckRunStore } from './fsck-run.store.js';
import { RecordedBlobStore } from './recorded-blob.store.js';

@Module({
  imports: [BlobsModule],
  providers: [FsckService, FsckJob, BlobCheck, FsckRepairs, FsckRunStore, RecordedBlobStore],
  exports: [FsckService],
})
export class FsckModule {}
