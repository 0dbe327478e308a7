import { giveAccess, takeAccess } from '@/app/r/[...path]/grant-actions';
import { ActionForm } from '@/components/form/action-form';
import { Field, SelectField } from '@/components/form/field';
import { SubmitButton } from '@/components/form/submit-button';
import { Link } from '@/components/link/link';
import { Panel } from '@/components/panel/panel';
import { DataTable } from '@/components/table/data-table';
import { found, registryApi } from '@/lib/registry-api/client';
import type { Grant, Repository } from '@/lib/registry-api/types';
import { namespaceHref } from '@/lib/repository/links';
import { roles } from '@/lib/roles';

/** Who may do something here beyond what the namespace gives them. */
export async function AccessSettings({ repository: { name, namespace } }: { repository: Repository }) {
  const api = await registryApi();
  const { items, nextCursor } = await found(
    api.GET('/api/v1/repositories/{name}/grants', { params: { path: { name }, query: { limit: '100' } } }),
  );
  return (
    <Panel title="Access">
      <p className="mb-3 text-[13.5px] text-ink-2">
        Members of <Link href={`${namespaceHref(namespace)}/-/members`}>{namespace}</Link> have their role
        here as well. These have access to this repository besides:
      </p>
      {items.length > 0 ? (
        <GrantTable grants={items} name={name} />
      ) : (
        <p className="text-[13.5px] text-ink-3">Nobody besides.</p>
      )}
      {nextCursor && <p className="mt-2 text-sm text-ink-3">These are the first 100.</p>}
      <ActionForm
        action={giveAccess.bind(null, name)}
        className="mt-4 grid gap-3 sm:grid-cols-[140px_1fr_1fr_auto] sm:items-end"
      >
        <SelectField
          label="To a"
          name="kind"
          options={[
            ['user', 'user'],
            ['team', 'team'],
            ['robot', 'robot'],
          ]}
        />
        <Field
          autoCapitalize="none"
          autoComplete="off"
          label="Name"
          name="grantee"
          required
          spellCheck={false}
        />
        <SelectField label="As" name="role" options={roles} />
        <SubmitButton>Give access</SubmitButton>
      </ActionForm>
    </Panel>
  );
}

function GrantTable({ name, grants }: { name: string; grants: readonly Grant[] }) {
  return (
    <DataTable label="Access">
      <thead>
        <tr>
          <th scope="col">Who</th>
          <th scope="col">Role</th>
          <th scope="col">Change</th>
        </tr>
      </thead>
      <tbody>
        {grants.map((grant) => (
          <tr key={`${grant.kind} ${grant.name}`}>
            <td>
              <b>{grant.name}</b> {grant.kind !== 'user' && <span className="text-ink-3">{grant.kind}</span>}
            </td>
            <td>{grant.role}</td>
            <td>
              <ActionForm
                action={takeAccess.bind(null, name, grant.kind, grant.name)}
                className="grid grid-cols-1 justify-items-start gap-2"
              >
                <span>
                  <SubmitButton isSmall kind="danger">
                    Remove<span className="sr-only"> {grant.name}</span>
                  </SubmitButton>
                </span>
              </ActionForm>
            </td>
          </tr>
        ))}
      </tbody>
    </DataTable>
  );
}
