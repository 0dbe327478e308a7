import { putMember, removeMember } from '@/app/n/[namespace]/-/member-actions';
import { found, registryApi } from '@/lib/registry-api/client';
import type { Member } from '@/lib/registry-api/types';
import { namespaceHref, withQuery } from '@/lib/repository/links';
import { roles } from '@/lib/roles';
import { ActionForm } from '../form/action-form';
import { Field, SelectField } from '../form/field';
import { SubmitButton } from '../form/submit-button';
import { Pager } from '../page/pager';
import { DataTable } from '../table/data-table';
import { Time } from '../time/time';
import { MemberRole } from './member-role';

/** Who belongs to a namespace, as what; owners change it. */
export async function MemberTable({
  namespace,
  isOwner,
  cursor,
}: {
  namespace: string;
  isOwner: boolean;
  cursor?: string;
}) {
  const api = await registryApi();
  const { items, nextCursor } = await found(
    api.GET('/api/v1/namespaces/{namespace}/members', {
      params: { path: { namespace }, query: { limit: '50', cursor } },
    }),
  );
  const path = `${namespaceHref(namespace)}/-/members`;
  return (
    <section>
      {isOwner && <NewMember namespace={namespace} />}
      <DataTable label="Members">
        <thead>
          <tr>
            <th scope="col">User</th>
            <th scope="col">Role</th>
            <th scope="col">Since</th>
            {isOwner && <th scope="col">Change</th>}
          </tr>
        </thead>
        <tbody>
          {items.map((member) => (
            <MemberRow isOwner={isOwner} key={member.username} member={member} namespace={namespace} />
          ))}
        </tbody>
      </DataTable>
      <Pager
        first={cursor ? path : undefined}
        next={nextCursor ? withQuery(path, { cursor: nextCursor }) : undefined}
      />
    </section>
  );
}

function MemberRow({ namespace, member, isOwner }: { namespace: string; member: Member; isOwner: boolean }) {
  return (
    <tr>
      <td>
        <b>{member.username}</b>
      </td>
      <td>{isOwner ? <MemberRole member={member} namespace={namespace} /> : member.role}</td>
      <td className="text-ink-2">
        <Time at={member.createdAt} />
      </td>
      {isOwner && (
        <td>
          <ActionForm
            action={removeMember.bind(null, namespace, member.username)}
            className="grid grid-cols-1 justify-items-start gap-2"
          >
            <span>
              <SubmitButton isSmall kind="danger">
                Remove<span className="sr-only"> {member.username}</span>
              </SubmitButton>
            </span>
          </ActionForm>
        </td>
      )}
    </tr>
  );
}

function NewMember({ namespace }: { namespace: string }) {
  return (
    <ActionForm
      action={putMember.bind(null, namespace)}
      className="mb-4 grid gap-3 rounded-m border border-line bg-panel p-4 sm:grid-cols-[1fr_1fr_auto] sm:items-end"
    >
      <Field
        autoCapitalize="none"
        autoComplete="off"
        label="User name"
        name="username"
        required
        spellCheck={false}
      />
      <SelectField label="Role" name="role" options={roles} />
      <SubmitButton>Add member</SubmitButton>
    </ActionForm>
  );
}
