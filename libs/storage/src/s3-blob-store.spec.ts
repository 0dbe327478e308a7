// needs: minio
import { startMinio } from '../../../test/support/object-stores.js';
import { describeBlobStore } from './blob-store.contract.js';
import { s3UnderTest } from './contract/s3-under-test.js';

describeBlobStore('S3, on MinIO', async () => s3UnderTest(await startMinio()));
