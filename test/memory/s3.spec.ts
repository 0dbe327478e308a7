// needs: minio
import { describeMemory } from './describe-memory.js';

describeMemory('s3');
