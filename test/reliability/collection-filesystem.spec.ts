import { describeCollection } from './describe-collection.js';

describeCollection('filesystem');
