import { describeUploads } from './describe-uploads.js';

describeUploads('filesystem');
