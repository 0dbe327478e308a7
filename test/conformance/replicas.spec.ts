// needs: conformance minio
import { describeConformance } from './describe-conformance.js';

await describeConformance('s3', 'two replicas');
