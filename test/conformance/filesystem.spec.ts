// needs: conformance
import { describeConformance } from './describe-conformance.js';

await describeConformance('filesystem');
