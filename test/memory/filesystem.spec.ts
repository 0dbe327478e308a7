import { describeMemory } from './describe-memory.js';

describeMemory('filesystem');
