import { changeUser, createPasswordLink, deleteUser } from '@/app/admin/users/actions';
import type { User } from '@/lib/registry-api/types';
import { namespaceHref } from '@/lib/repository/links';
import { Chip } from '../chip/chip';
import { ConfirmButton } from '../dialog/confirm-button';
import { ActionForm } from '../form/action-form';
import { SubmitButton } from '../form/submit-button';
import { Link } from '../link/link';
import { DataTable } from '../table/data-table';
import { Time } from '../time/time';
import { LinkForm } from './link-form';

/** Every account. */
export function UserTable({ users }: { users: readonly User[] }) {
  return (
    <DataTable label="Users">
      <thead>
        <tr>
          <th scope="col">User</th>
          <th scope="col">E-mail</th>
          <th scope="col">Made</th>
          <th scope="col">Last used</th>
          <th scope="col">Change</th>
        </tr>
      </thead>
      <tbody>
        {users.map((user) => (
          <UserRow key={user.username} user={user} />
        ))}
      </tbody>
    </DataTable>
  );
}

function UserRow({ user }: { user: User }) {
  const { username, isAdmin, isDisabled } = user;
  return (
    <tr>
      <td>
        <span className="flex flex-wrap items-center gap-1.5">
          <Link className="font-bold" href={namespaceHref(username)}>
            {username}
          </Link>
          {isAdmin && <Chip tone="on">admin</Chip>}
          {isDisabled && <Chip tone="bad">disabled</Chip>}
          {!user.hasPassword && <Chip tone="warn">no password yet</Chip>}
        </span>
      </td>
      <td className="text-ink-2">{user.email ?? ''}</td>
      <td className="text-ink-2">
        <Time at={user.createdAt} />
      </td>
      <td className="text-ink-2">{user.lastUsedAt ? <Time at={user.lastUsedAt} /> : 'never'}</td>
      <td>
        <span className="flex min-w-[250px] flex-wrap gap-1.5">
          <LinkForm action={createPasswordLink.bind(null, username)} className="contents">
            <SubmitButton isSmall kind="plain">
              Password link<span className="sr-only"> for {username}</span>
            </SubmitButton>
          </LinkForm>
          <Toggle user={username} values={{ isAdmin: !isAdmin }}>
            {isAdmin ? 'Take admin' : 'Make admin'}
          </Toggle>
          <Toggle user={username} values={{ isDisabled: !isDisabled }}>
            {isDisabled ? 'Enable' : 'Disable'}
          </Toggle>
          <Deletion username={username} />
        </span>
      </td>
    </tr>
  );
}

function Toggle({
  user,
  values,

  children,
}: {
  user: string;
  values: { isAdmin?: boolean; isDisabled?: boolean };

  children: string;
}) {
  return (
    <ActionForm action={changeUser.bind(null, user, values)} className="contents">
      <SubmitButton isSmall kind="plain">
        {children}
        <span className="sr-only"> {user}</span>
      </SubmitButton>
    </ActionForm>
  );
}

function Deletion({ username }: { username: string }) {
  return (
    <ConfirmButton
      action={deleteUser.bind(null, username)}
      confirm="Delete the account"
      label="Delete…"
      of={username}
      title={`Delete ${username}?`}
    >
      <p className="mb-3">
        The namespace {username} with its images goes on as an organization. Tokens and sessions end.
      </p>
      <label className="block text-md font-semibold">
        Who owns the namespace then
        <input
          autoCapitalize="none"
          autoComplete="off"
          className="field mt-1"
          name="owner"
          required
          spellCheck={false}
        />
      </label>
    </ConfirmButton>
  );
}
