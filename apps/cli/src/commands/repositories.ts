import { RepositoryName } from '@berth/oci';
import { Argument } from 'commander';
import { cursorPageSchema } from '../../../registry-api/src/http/cursor-page.js';
import { RepositoriesModule } from '../../../registry-api/src/repositories/repositories.module.js';
import { RepositoriesService } from '../../../registry-api/src/repositories/repositories.service.js';
import { toDetailsAnswer, toSummaryPage } from '../../../registry-api/src/repositories/repository-answers.js';
import type { Visibility } from '../../../registry-api/src/repositories/repository-summary.js';
import { ShownRepositories } from '../../../registry-api/src/repositories/shown-repositories.service.js';
import type { Cli } from '../berth.js';
import { CommandFailure, exitCodes } from '../failure.js';
import { allPages } from '../output.js';
import { shownBytes, valid } from '../values.js';
import type { AddCommand } from './index.js';

export const addRepositories: AddCommand = (program, cli) => {
  const repositories = program.command('repositories').description('image repositories, private ones too');
  repositories
    .command('list')
    .description('by full name')
    .action(() => listRepositories(cli()));
  repositories
    .command('show <name>')
    .description('what the page of a repository shows')
    .action((name: string) => showRepository(cli(), name));
  repositories
    .command('visibility <name>')
    .description('makes a repository public or private')
    .addArgument(new Argument('<visibility>').choices(['public', 'private']))
    .action((name: string, visibility: Visibility) => setVisibility(cli(), name, visibility));
  repositories
    .command('delete <name>')
    .description('deletes a repository with all that is in it; the trash keeps it for a while')
    .option('--yes', 'really')
    .action((name: string, { yes }: { yes?: boolean }) => deleteRepository(cli(), name, yes === true));
};

function listRepositories({ inBerth, output }: Cli): Promise<void> {
  return inBerth([RepositoriesModule], async (berth) => {
    const shown = berth.get(ShownRepositories);
    const found = allPages(async (cursor) =>
      toSummaryPage(await shown.listRepositories(berth.operator, valid(cursorPageSchema, { cursor }))),
    );
    await output.list(found, [
      ['REPOSITORY', ({ name }) => name],
      ['VISIBILITY', ({ visibility }) => visibility],
      ['TAGS', ({ tagCount }) => tagCount],
      ['PULLS', ({ pullCount }) => pullCount],
      ['LATEST', ({ latestTag }) => latestTag],
      ['SIZE', ({ sizeBytes }) => (sizeBytes === null ? '' : shownBytes(sizeBytes))],
      ['PUSHED', ({ pushedAt }) => pushedAt ?? 'never'],
    ]);
  });
}

function showRepository({ inBerth, output }: Cli, text: string): Promise<void> {
  return inBerth([RepositoriesModule], async (berth) => {
    const found = await berth
      .get(ShownRepositories)
      .findRepository(berth.operator, RepositoryName.parse(text));
    const answer = toDetailsAnswer(found);
    output.result(answer, () =>
      [
        `  Name         ${answer.name}`,
        `  Visibility   ${answer.visibility}`,
        `  Description  ${answer.description}`,
        `  Tags         ${answer.tagCount}`,
        `  Pulls        ${answer.pullCount}`,
        `  Size         ${shownBytes(answer.totalBytes)}`,
        `  Pushed       ${answer.pushedAt ?? 'never'}`,
      ].join('\n'),
    );
  });
}

function setVisibility({ inBerth, output }: Cli, text: string, visibility: Visibility): Promise<void> {
  return inBerth([RepositoriesModule], async (berth) => {
    const name = RepositoryName.parse(text);
    await berth.get(RepositoriesService).changeRepository(berth.operator, name, { visibility });
    output.result({ name: name.shown, visibility }, () => `"${name.shown}" is ${visibility} now.`);
  });
}

async function deleteRepository({ inBerth, output }: Cli, text: string, isSure: boolean): Promise<void> {
  const name = RepositoryName.parse(text);
  if (!isSure) throw new CommandFailure(`This deletes "${name.shown}": add --yes.`, exitCodes.usage);
  await inBerth([RepositoriesModule], async (berth) => {
    await berth.get(RepositoriesService).deleteRepository(berth.operator, name);
    output.result({ name: name.shown, isDeleted: true }, () => `"${name.shown}" is deleted.`);
  });
}
