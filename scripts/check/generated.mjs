import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { builtModule, importBuilt } from '../start/built-modules.mjs';
import { root } from '../start/root.mjs';
import { run } from '../start/run.mjs';

/**
 * Everything that is made from the sources and committed.
 *
 * @returns {Promise<Map<string, string>>} content by path in the checkout
 */
async function generate() {
  const document = await openApi();
  return new Map([
    ['docs/configuration.md', await configurationPage()],
    ['docs/access.md', (await importBuilt('access/access-page.js')).accessPage()],
    ['apps/registry-api/openapi.json', document],
    ['apps/web/src/lib/registry-api/api.gen.ts', await clientTypes(document)],
  ]);
}

/** @returns {Promise<string[]>} the files that were not as they are now */
export async function writeGenerated() {
  const outdated = await outdatedFiles();
  for (const [file, content] of outdated) writeFileSync(path.join(root, file), content);
  return outdated.map(([file]) => file);
}

/** @returns {Promise<string[]>} one line for each file that is not as its sources would have it */
export async function generatedDrift() {
  return (await outdatedFiles()).map(([file]) => `${file} is out of date: npm run generate`);
}

async function outdatedFiles() {
  const isOutdated = (/** @type {string} */ file, /** @type {string} */ content) => {
    const target = path.join(root, file);
    return !existsSync(target) || readFileSync(target, 'utf8') !== content;
  };
  return [...(await generate())].filter(([file, content]) => isOutdated(file, content));
}

async function configurationPage() {
  const { describeEnv } = await importBuilt('env.js');
  /** @type {{ name: string, default: string, meaning: string }[]} */
  const rows = describeEnv();
  return [
    '# Configuration',
    '',
    'Berth is configured by environment variables alone. A wrong value, or a name that begins with `BERTH_` and',
    'is not in this table, stops the start with one line that says so.',
    '',
    '| variable | default | meaning |',
    '|---|---|---|',
    ...rows.map((row) => `| \`${row.name}\` | ${row.default || 'unset'} | ${row.meaning} |`),
    '',
    'Traces are configured by the standard `OTEL_*` variables, and off without them: [monitoring.md](monitoring.md#traces).',
    '',
    'This page is made from `apps/registry-api/src/env-variables.ts` by `npm run generate`.',
    '',
  ].join('\n');
}

async function openApi() {
  const { isSuccess, stdout, output } = await run(process.execPath, [builtModule('print-openapi.js')]);
  if (!isSuccess) throw new Error(`print-openapi.ts: ${output}`);
  return stdout;
}

/** The types by which the pages call the API. @param {string} document OpenAPI */
async function clientTypes(document) {
  const { astToString, default: typesOf } = await import('openapi-typescript');
  const types = astToString(await typesOf(JSON.parse(document)));
  return `/* Made from apps/registry-api/openapi.json by npm run generate. */\n\n${types}`;
}
