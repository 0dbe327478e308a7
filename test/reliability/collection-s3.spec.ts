// needs: minio
import { describeCollection } from './describe-collection.js';

describeCollection('s3');
