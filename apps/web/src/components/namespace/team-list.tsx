import { createTeam } from '@/app/n/[namespace]/-/member-actions';
import { counted } from '@/lib/format/count';
import { found, registryApi } from '@/lib/registry-api/client';
import { namespaceHref } from '@/lib/repository/links';
import { Empty } from '../empty/empty';
import { ActionForm } from '../form/action-form';
import { Field } from '../form/field';
import { SubmitButton } from '../form/submit-button';
import { Link } from '../link/link';

/** Groups of members that get access to repositories together. */
export async function TeamList({ namespace, isOwner }: { namespace: string; isOwner: boolean }) {
  const api = await registryApi();
  const { items } = await found(
    api.GET('/api/v1/namespaces/{namespace}/teams', {
      params: { path: { namespace }, query: { limit: '100' } },
    }),
  );
  return (
    <section className="mt-8">
      <h2 className="mb-1 text-xl">Teams</h2>
      <p className="mb-3 text-ink-2">
        A team gets access to a repository on the settings page of the repository.
      </p>
      {items.length > 0 ? (
        <ul className="rounded-m border border-line bg-panel">
          {items.map((team) => (
            <li className="border-b border-line px-4 py-3 last:border-b-0" key={team.name}>
              <div className="flex flex-wrap items-baseline gap-x-2.5">
                <Link className="font-bold" href={`${namespaceHref(namespace)}/-/teams/${team.name}`}>
                  {team.name}
                </Link>
                <span className="ml-auto text-md text-ink-3">{counted(team.memberCount, 'member')}</span>
              </div>
              {team.description && (
                <p className="text-[13.5px] text-ink-2" dir="auto">
                  {team.description}
                </p>
              )}
            </li>
          ))}
        </ul>
      ) : (
        <Empty title="No teams yet">
          <p>With teams, access is given once for many people.</p>
        </Empty>
      )}
      {isOwner && (
        <ActionForm
          action={createTeam.bind(null, namespace)}
          className="mt-4 grid gap-3 rounded-m border border-line bg-panel p-4 sm:grid-cols-[1fr_1fr_auto] sm:items-end"
        >
          <Field
            autoCapitalize="none"
            autoComplete="off"
            label="New team"
            name="team"
            required
            spellCheck={false}
          />
          <Field dir="auto" label="What it is for" name="purpose" />
          <SubmitButton kind="plain">Make the team</SubmitButton>
        </ActionForm>
      )}
    </section>
  );
}
