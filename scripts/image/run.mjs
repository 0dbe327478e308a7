// What a container of Berth runs: `start` when nothing else is asked for, or one of the programs beside it.

import { StartFailure } from '../start/failure.mjs';
import { reportFailure } from '../start/report-failure.mjs';

/** @type {Record<string, string>} */
const programs = {
  start: '../start/berth.mjs',
  backup: '../backup.mjs',
  restore: '../restore.mjs',
  migrate: '../migrate.mjs',
  berth: '../berth.mjs',
};

const [name = 'start', ...args] = process.argv.slice(2);
const program = programs[name];
if (program) {
  process.argv.splice(2, process.argv.length, ...args);
  await import(program);
} else {
  const known = Object.keys(programs).join(', ');
  reportFailure(new StartFailure(`There is no program "${name}" in this image: there are ${known}.`));
}
