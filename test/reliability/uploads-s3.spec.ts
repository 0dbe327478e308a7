// needs: minio
import { describeUploads } from './describe-uploads.js';

describeUploads('s3');
