import { text } from 'node:stream/consumers';
import { AccountsModule } from '../../../registry-api/src/accounts/accounts.module.js';
import { newUserSchema } from '../../../registry-api/src/accounts/accounts.schema.js';
import {
  UserAdministration,
  type UserChanges,
} from '../../../registry-api/src/accounts/user-administration.service.js';
import { toAnswer } from '../../../registry-api/src/accounts/user-answers.js';
import { UsersService } from '../../../registry-api/src/accounts/users.service.js';
import { cursorPageSchema } from '../../../registry-api/src/http/cursor-page.js';
import type { Cli } from '../berth.js';
import { allPages } from '../output.js';
import { valid } from '../values.js';
import type { AddCommand } from './index.js';

export const addUsers: AddCommand = (program, cli) => {
  const users = program.command('users').description('accounts of people');
  users
    .command('list')
    .description('by user name')
    .option('--search <text>', 'part of the user name or e-mail address')
    .option('--admins', 'admins only')
    .option('--disabled', 'disabled accounts only')
    .action((options: ListOptions) => listUsers(cli(), options));
  users
    .command('add <username>')
    .description('makes an account; prints a link by which its owner sets the password, unless one is given')
    .option('--email <address>')
    .option('--password-stdin', 'read the password from standard input')
    .option('--admin', 'make it an admin')
    .action((username: string, options: AddOptions) => addUser(cli(), username, options));
  const change = (name: string, description: string, changes: UserChanges, done: string) =>
    users
      .command(`${name} <username>`)
      .description(description)
      .action((username: string) => changeUser(cli(), username, changes, done));
  change('disable', 'ends every session and token of the account', { isDisabled: true }, 'is disabled');
  change('enable', 'lets a disabled account sign in again', { isDisabled: false }, 'may sign in again');
  change('grant-admin', 'makes the user an admin of the instance', { isAdmin: true }, 'is an admin now');
  change('revoke-admin', 'makes an admin an ordinary user', { isAdmin: false }, 'is no admin any more');
  users
    .command('reset-password <username>')
    .description('gives the user a new, generated password, shown once; ends every session of before')
    .action((username: string) => resetPassword(cli(), username));
};

interface ListOptions {
  readonly search?: string;
  readonly admins?: boolean;
  readonly disabled?: boolean;
}

interface AddOptions {
  readonly email?: string;
  readonly passwordStdin?: boolean;
  readonly admin?: boolean;
}

function listUsers({ inBerth, output }: Cli, { search, admins, disabled }: ListOptions): Promise<void> {
  return inBerth([AccountsModule], async (berth) => {
    const administration = berth.get(UserAdministration);
    const filter = { text: search, isAdmin: admins, isDisabled: disabled };
    const users = allPages(async (cursor) => {
      const { items, nextCursor } = await administration.listUsers(
        filter,
        valid(cursorPageSchema, { cursor }),
      );
      return { items: items.map(toAnswer), nextCursor };
    });
    await output.list(users, [
      ['USER', ({ username }) => username],
      ['E-MAIL', ({ email }) => email],
      ['ROLE', ({ isAdmin }) => (isAdmin ? 'admin' : 'user')],
      [
        'STATE',
        ({ isDisabled, hasPassword }) => (isDisabled ? 'disabled' : hasPassword ? 'active' : 'invited'),
      ],
      ['LAST USED', ({ lastUsedAt }) => lastUsedAt ?? 'never'],
    ]);
  });
}

function addUser({ inBerth, output }: Cli, username: string, options: AddOptions): Promise<void> {
  return inBerth([AccountsModule], async (berth) => {
    const password = options.passwordStdin ? (await text(process.stdin)).replace(/\r?\n$/, '') : undefined;
    const wanted = valid(newUserSchema, { username, email: options.email, password });
    const made = await berth.get(UsersService).createUser(berth.operator, wanted);
    if (options.admin) {
      await berth.get(UserAdministration).changeUser(berth.operator, username, { isAdmin: true });
    }
    const link = made.passwordLink && {
      url: made.passwordLink.url,
      expiresAt: made.passwordLink.expiresAt.toISOString(),
    };
    output.result(
      { username, email: made.email ?? null, isAdmin: options.admin === true, passwordLink: link },
      () =>
        [
          `"${username}" has an account now.`,
          ...(link ? [`Whoever has this link sets its password, until ${link.expiresAt}:`, link.url] : []),
        ].join('\n'),
    );
  });
}

function changeUser(
  { inBerth, output }: Cli,
  username: string,
  changes: UserChanges,
  done: string,
): Promise<void> {
  return inBerth([AccountsModule], async (berth) => {
    const user = await berth.get(UserAdministration).changeUser(berth.operator, username, changes);
    output.result(toAnswer(user), () => `"${username}" ${done}.`);
  });
}

function resetPassword({ inBerth, output }: Cli, username: string): Promise<void> {
  return inBerth([AccountsModule], async (berth) => {
    const { password, user } = await berth.get(UserAdministration).resetPassword(berth.operator, username);
    output.result({ username, password, isAdmin: user.isAdmin, isDisabled: user.isDisabled }, () =>
      [
        `  User        ${username}`,
        `  Password    ${password}    (shown this once: change it after signing in)`,
        '  Every session of this user has ended.',
        ...(user.isAdmin ? [] : ['  This user is no admin.']),
        ...(user.isDisabled
          ? [`  The account is disabled: "berth users enable ${username}" enables it.`]
          : []),
      ].join('\n'),
    );
  });
}
