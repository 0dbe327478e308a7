// `npm run screenshots`: takes the pictures in docs/images from a Berth with invented data.
import { build } from './start/build.mjs';
import { reportFailure } from './start/report-failure.mjs';
import { root } from './start/root.mjs';
import { run } from './start/run.mjs';

try {
  await build(['registry-api', 'web']);
  const { isSuccess, output } = await run(
    process.execPath,
    ['node_modules/vitest/vitest.mjs', 'run', '--project', 'screenshots'],
    { cwd: root },
  );
  console.log(output.trim());
  process.exitCode = isSuccess ? 0 : 1;
} catch (error) {
  reportFailure(error);
}
