// What a single ratio does not tell: behaviour under more and more clients, beside slow ones, and memory.
import { crowd } from './studies/crowd.mjs';
import { fairness } from './studies/fairness.mjs';
import { memory } from './studies/memory.mjs';
import { saturation } from './studies/saturation.mjs';

/**
 * @typedef {object} Finding
 * @property {string} id @property {string} title
 * @property {string[]} columns @property {string[][]} lines of its table
 * @property {string[]} verdicts each a sentence with its aim
 */

/**
 * @typedef {object} Study
 * @property {string} id @property {string} title @property {import('./sizes.mjs').Need[]} needs
 * @property {(load: import('./workloads.mjs').Load, servers: number) => number} expectedSeconds
 * @property {(context: StudyContext) => Promise<Omit<Finding, 'id' | 'title'>>} run
 */

/**
 * @typedef {object} StudyContext
 * @property {import('./measure.mjs').Reader[]} readers of the file system's part
 * @property {string} directory for what it starts itself
 * @property {number} seconds @property {import('./sizes.mjs').Size} size @property {boolean} isQuick
 */

/** @type {Study[]} */
export const studies = [saturation, crowd, fairness, memory];

/** @param {readonly Study[]} chosen @param {StudyContext} context @param {import('./progress.mjs').Progress} progress @returns {Promise<Finding[]>} those that did not fail */
export async function runStudies(chosen, context, progress) {
  const findings = [];
  for (const { id, title, run } of chosen) {
    progress.say(title);
    try {
      findings.push({ id, title, ...(await run(context)) });
    } catch (error) {
      console.error(`${id} FAILED:`, error);
      process.exitCode = 1;
    }
  }
  return findings;
}
