#!/usr/bin/env node
// `npx berth` in a checkout, and `berth` in an image. In a checkout the scripts find the pinned Node, build what is not
// built and find or start the embedded Postgres; an image has the built program alone.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const scripts = new URL('../../../scripts/pinned-node.mjs', import.meta.url);
if (existsSync(fileURLToPath(scripts))) {
  process.argv.splice(2, 0, 'scripts/berth.mjs');
  await import(scripts.href);
} else {
  const built = new URL('../../../dist/apps/cli/src/main.js', import.meta.url);
  const { main } = await import(built.href);
  process.exitCode = await main(process.argv.slice(2));
}
