import { addTeamGroup, removeTeamGroup } from '@/app/n/[namespace]/-/group-actions';
import { readOidcProviders } from '@/lib/oidc/reading';
import { found, registryApi } from '@/lib/registry-api/client';
import { ActionForm } from '../form/action-form';
import { Field, SelectField } from '../form/field';
import { SubmitButton } from '../form/submit-button';
import { Panel } from '../panel/panel';

/** Groups at a sign-in provider whose people belong to a team; nothing where no provider is configured. */
export async function TeamGroups({ namespace, team }: { namespace: string; team: string }) {
  const providers = await readOidcProviders();
  if (providers.length === 0) return null;
  const api = await registryApi();
  const { items } = await found(
    api.GET('/api/v1/namespaces/{namespace}/teams/{team}/groups', { params: { path: { namespace, team } } }),
  );
  return (
    <Panel title="Groups at a sign-in provider">
      <p className="mb-3 text-[13.5px] text-ink-2">
        Whoever is in one of these groups is a member, from the next sign-in at the latest.
      </p>
      <ul className="mb-3 grid grid-cols-1 gap-2">
        {items.map(({ provider, group }) => (
          <li className="flex flex-wrap items-center gap-3" key={`${provider} ${group}`}>
            <span className="min-w-0 grow">
              <b>{group}</b> <span className="text-ink-3">{provider}</span>
            </span>
            <ActionForm
              action={removeTeamGroup.bind(null, namespace, team, provider, group)}
              className="grid gap-2"
            >
              <SubmitButton isSmall kind="danger">
                Remove<span className="sr-only"> {group}</span>
              </SubmitButton>
            </ActionForm>
          </li>
        ))}
      </ul>
      <ActionForm
        action={addTeamGroup.bind(null, namespace, team)}
        className="grid gap-3 sm:grid-cols-[1fr_1fr_auto] sm:items-end"
      >
        <SelectField
          label="Provider"
          name="provider"
          options={providers.map(({ name, label }) => [name, label])}
        />
        <Field autoComplete="off" label="Group" name="group" required />
        <SubmitButton kind="plain">Add the group</SubmitButton>
      </ActionForm>
    </Panel>
  );
}
