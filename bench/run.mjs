// `npm run bench -- <name> [option …]`: measures what tests do not assert, since milliseconds differ between machines.
import { readdirSync } from 'node:fs';
import { build } from '../scripts/start/build.mjs';
import { reportFailure } from '../scripts/start/report-failure.mjs';

const names = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.bench.mjs'))
  .map((file) => file.replace('.bench.mjs', ''));
const given = process.argv.slice(2);
const named = given[0]?.startsWith('--') ? undefined : given[0];
const name = named ?? 'registries';
const options = named ? given.slice(1) : given;

if (!names.includes(name)) {
  console.error(`npm run bench -- ${names.join(' | ')}`);
  process.exitCode = 1;
} else {
  try {
    await build();
    const { bench } = await import(`./${name}.bench.mjs`);
    await bench(options);
  } catch (error) {
    reportFailure(error);
  }
}
