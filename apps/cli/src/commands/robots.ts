import { robotScopes } from '../../../registry-api/src/access/credential-reach.js';
import { cursorPageSchema } from '../../../registry-api/src/http/cursor-page.js';
import { RobotAdministration } from '../../../registry-api/src/robots/robot-administration.service.js';
import { toAnswerWithSecret, toPlacedAnswer } from '../../../registry-api/src/robots/robot-answers.js';
import { RobotsModule } from '../../../registry-api/src/robots/robots.module.js';
import { newRobotSchema } from '../../../registry-api/src/robots/robots.schema.js';
import { RobotsService } from '../../../registry-api/src/robots/robots.service.js';
import type { Cli } from '../berth.js';
import { allPages } from '../output.js';
import { valid } from '../values.js';
import { type CredentialOptions, credentialBody, withCredentialOptions } from './credential-options.js';
import type { AddCommand } from './index.js';
import { revocation } from './revocation.js';

export const addRobots: AddCommand = (program, cli) => {
  const robots = program.command('robots').description('robot accounts of namespaces');
  robots
    .command('list')
    .description('newest first; never the secrets, which Berth does not have')
    .option('--namespace <name>', 'of this namespace only')
    .action((options: { namespace?: string }) => listRobots(cli(), options));
  withCredentialOptions(
    robots
      .command('create <namespace> <name>')
      .description('makes a robot account; its secret is shown once')
      .option('--description <text>', 'one line about what it is for'),
    robotScopes,
  ).action((namespace: string, name: string, options: CreateOptions) =>
    createRobot(cli(), namespace, name, options),
  );
  robots
    .command('revoke <id...>')
    .description('removes robots: they count no more from the next request on')
    .action((ids: string[]) =>
      revocation(cli(), 'robot', ids, [RobotsModule], (berth, wanted) =>
        berth.get(RobotAdministration).deleteRobots(berth.operator, wanted),
      ),
    );
};

interface CreateOptions extends CredentialOptions {
  readonly description?: string;
}

function listRobots({ inBerth, output }: Cli, filter: { namespace?: string }): Promise<void> {
  return inBerth([RobotsModule], async (berth) => {
    const administration = berth.get(RobotAdministration);
    const robots = allPages(async (cursor) => {
      const page = valid(cursorPageSchema, { cursor });
      const { items, nextCursor } = await administration.listAllRobots(filter, page);
      return { items: items.map(toPlacedAnswer), nextCursor };
    });
    await output.list(robots, [
      ['ID', ({ id }) => id],
      ['USER NAME', ({ username }) => username],
      ['PREFIX', ({ prefix }) => prefix],
      ['SCOPES', ({ scopes }) => scopes.join(' ')],
      ['STATE', ({ isDisabled }) => (isDisabled ? 'disabled' : 'active')],
      ['EXPIRES', ({ expiresAt }) => expiresAt ?? 'never'],
      ['LAST USED', ({ lastUsedAt }) => lastUsedAt ?? 'never'],
    ]);
  });
}

function createRobot(
  { inBerth, output }: Cli,
  namespace: string,
  name: string,
  options: CreateOptions,
): Promise<void> {
  return inBerth([RobotsModule], async (berth) => {
    const { description } = options;
    const body = valid(newRobotSchema, { name, description, ...credentialBody(options) });
    const made = toAnswerWithSecret(
      await berth.get(RobotsService).createRobot(berth.operator, namespace, body),
    );
    output.result(made, () =>
      [`"${made.username}" signs in with this, shown this once:`, made.secret].join('\n'),
    );
  });
}
