// `npm run generate`: writes what is made from the sources and committed.
import { writeGenerated } from './check/generated.mjs';
import { build } from './start/build.mjs';
import { reportFailure } from './start/report-failure.mjs';

try {
  await build();
  const written = await writeGenerated();
  console.log(written.length > 0 ? written.join('\n') : 'Everything is up to date.');
} catch (error) {
  reportFailure(error);
}
