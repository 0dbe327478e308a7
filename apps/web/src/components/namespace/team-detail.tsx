import { deleteTeam, putTeamMember, removeTeamMember } from '@/app/n/[namespace]/-/member-actions';
import { found, registryApi } from '@/lib/registry-api/client';
import { namespaceHref } from '@/lib/repository/links';
import { ConfirmButton } from '../dialog/confirm-button';
import { Empty } from '../empty/empty';
import { ActionForm } from '../form/action-form';
import { Field } from '../form/field';
import { SubmitButton } from '../form/submit-button';
import { Link } from '../link/link';
import { DataTable } from '../table/data-table';
import { Time } from '../time/time';
import { TeamGroups } from './team-groups';

/** The people of one team. */
export async function TeamDetail({
  namespace,
  team,
  isOwner,
}: {
  namespace: string;
  team: string;
  isOwner: boolean;
}) {
  const api = await registryApi();
  const path = { namespace, team };
  const [{ description }, { items, nextCursor }] = await Promise.all([
    found(api.GET('/api/v1/namespaces/{namespace}/teams/{team}', { params: { path } })),
    found(
      api.GET('/api/v1/namespaces/{namespace}/teams/{team}/members', {
        params: { path, query: { limit: '100' } },
      }),
    ),
  ]);
  return (
    <section>
      <nav aria-label="Where this is" className="mb-1 text-md">
        <Link href={`${namespaceHref(namespace)}/-/members`}>members</Link> / teams
      </nav>
      <h2 className="text-xl">{team}</h2>
      {description && (
        <p className="text-ink-2" dir="auto">
          {description}
        </p>
      )}
      <div className="mt-4 grid grid-cols-1 gap-4">
        {isOwner && (
          <ActionForm
            action={putTeamMember.bind(null, namespace, team)}
            className="grid gap-3 rounded-m border border-line bg-panel p-4 sm:grid-cols-[1fr_auto] sm:items-end"
          >
            <Field
              autoCapitalize="none"
              autoComplete="off"
              label="User name"
              name="username"
              required
              spellCheck={false}
            />
            <SubmitButton>Add to the team</SubmitButton>
          </ActionForm>
        )}
        {items.length > 0 ? (
          <DataTable label={`Members of ${team}`}>
            <thead>
              <tr>
                <th scope="col">User</th>
                <th scope="col">Since</th>
                {isOwner && <th scope="col">Change</th>}
              </tr>
            </thead>
            <tbody>
              {items.map(({ username, createdAt }) => (
                <tr key={username}>
                  <td>
                    <b>{username}</b>
                  </td>
                  <td className="text-ink-2">
                    <Time at={createdAt} />
                  </td>
                  {isOwner && (
                    <td>
                      <ActionForm
                        action={removeTeamMember.bind(null, namespace, team)}
                        className="grid grid-cols-1 justify-items-start gap-2"
                      >
                        <input name="username" type="hidden" value={username} />
                        <span>
                          <SubmitButton isSmall kind="danger">
                            Remove<span className="sr-only"> {username}</span>
                          </SubmitButton>
                        </span>
                      </ActionForm>
                    </td>
                  )}
                </tr>
              ))}
            </tbody>
          </DataTable>
        ) : (
          <Empty title="Nobody is in this team yet" />
        )}
        {nextCursor && <p className="text-md text-ink-3">These are the first 100.</p>}
        {isOwner && <TeamGroups namespace={namespace} team={team} />}
        {isOwner && (
          <div>
            <ConfirmButton
              action={deleteTeam.bind(null, namespace, team)}
              confirm="Delete the team"
              label="Delete the team…"
              title={`Delete ${team}?`}
            >
              <p>Its members lose the access that they have by it alone. They stay members of {namespace}.</p>
            </ConfirmButton>
          </div>
        )}
      </div>
    </section>
  );
}
