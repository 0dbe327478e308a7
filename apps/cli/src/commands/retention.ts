import { RepositoryName } from '@berth/oci';
import { RetentionModule } from '../../../registry-api/src/retention/retention.module.js';
import { RetentionService } from '../../../registry-api/src/retention/retention.service.js';
import type { Cli } from '../berth.js';
import { shownBytes } from '../values.js';
import type { AddCommand } from './index.js';

export const addRetention: AddCommand = (program, cli) => {
  const retention = program
    .command('retention')
    .description('what the retention policy of a repository does not keep');
  retention
    .command('preview <repository>')
    .description('tells what a run would remove now')
    .action((name: string) => preview(cli(), name));
  retention
    .command('run <repository>')
    .description('removes that, into trash')
    .action((name: string) => run(cli(), name));
};

function preview({ inBerth, output }: Cli, text: string): Promise<void> {
  return inBerth([RetentionModule], async (berth) => {
    const name = RepositoryName.parse(text);
    const { tags, manifests, freedBytes } = await berth
      .get(RetentionService)
      .previewRetention(berth.operator, name, undefined);
    output.result({ tags, manifests, freedBytes }, () =>
      [
        ...tags.map(({ tag, digest }) => `${tag}  ${digest}`),
        `${tags.length} tags and ${manifests.length} manifests would go, which frees ${shownBytes(freedBytes)}.`,
      ].join('\n'),
    );
  });
}

function run({ inBerth, output }: Cli, text: string): Promise<void> {
  return inBerth([RetentionModule], async (berth) => {
    const outcome = await berth
      .get(RetentionService)
      .runRetention(berth.operator, RepositoryName.parse(text));
    output.result(
      outcome,
      () => `${outcome.tagCount} tags and ${outcome.manifestCount} manifests are in the trash now.`,
    );
  });
}
