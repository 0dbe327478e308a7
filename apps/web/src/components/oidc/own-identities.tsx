import { linkIdentity, unlinkIdentity } from '@/app/settings/security/actions';
import { type OidcProvider, readOidcProviders } from '@/lib/oidc/reading';
import { found, registryApi } from '@/lib/registry-api/client';
import type { Answer } from '@/lib/registry-api/types';
import { ActionForm } from '../form/action-form';
import { SubmitButton } from '../form/submit-button';
import { Panel } from '../panel/panel';
import { Time } from '../time/time';

type Identity = Answer<'/api/v1/me/identities', 'get'>['items'][number];

/** By which providers one signs in to this account; nothing where none is configured. */
export async function OwnIdentities() {
  const providers = await readOidcProviders();
  if (providers.length === 0) return null;
  const api = await registryApi();
  const { items } = await found(api.GET('/api/v1/me/identities'));
  return (
    <Panel title="Sign in with">
      <ul className="grid grid-cols-1 gap-3">
        {providers.map((provider) => (
          <ProviderRow
            identity={items.find((identity) => identity.provider === provider.name)}
            key={provider.name}
            provider={provider}
          />
        ))}
      </ul>
    </Panel>
  );
}

function ProviderRow({
  provider: { name, label },
  identity,
}: {
  provider: OidcProvider;
  identity?: Identity;
}) {
  return (
    <li className="flex flex-wrap items-center gap-3">
      <span className="min-w-0 grow">
        <b>{label}</b>
        {identity && (
          <span className="block text-md text-ink-2">
            {identity.displayName ? <bdi>{identity.displayName}</bdi> : 'linked'}, used{' '}
            {identity.lastSignInAt ? <Time at={identity.lastSignInAt} /> : 'never'}
          </span>
        )}
      </span>
      <ActionForm action={(identity ? unlinkIdentity : linkIdentity).bind(null, name)} className="grid gap-2">
        <SubmitButton isSmall kind={identity ? 'danger' : 'plain'}>
          {identity ? 'Unlink' : 'Link'}
          <span className="sr-only"> {label}</span>
        </SubmitButton>
      </ActionForm>
    </li>
  );
}
