import type { Metadata } from 'next';
import { ActionForm } from '@/components/form/action-form';
import { Field } from '@/components/form/field';
import { SubmitButton } from '@/components/form/submit-button';
import { TypedName } from '@/components/form/typed-name';
import { ExpirySettings } from '@/components/lifecycle/expiry-settings';
import { ImmutableSettings } from '@/components/lifecycle/immutable-settings';
import { RetentionSettings } from '@/components/lifecycle/retention-settings';
import { NamespaceFrame } from '@/components/namespace/namespace-frame';
import { Panel } from '@/components/panel/panel';
import { UsagePanel } from '@/components/quota/usage-panel';
import { readRules } from '@/lib/lifecycle/reading';
import { readNamespace, readOwnedNamespace } from '@/lib/namespaces/reading';
import { changeNamespace, deleteNamespace } from '../settings-actions';

interface NamespaceSettingsProps {
  readonly params: Promise<{ namespace: string }>;
}

export async function generateMetadata({ params }: NamespaceSettingsProps): Promise<Metadata> {
  return { title: `Settings of ${(await readNamespace((await params).namespace)).name}` };
}

export default async function NamespaceSettingsPage({ params }: NamespaceSettingsProps) {
  const namespace = await readOwnedNamespace((await params).namespace);
  const { name, kind, description } = namespace;
  const target = { kind: 'namespace', name } as const;
  const { own } = await readRules(target);
  return (
    <NamespaceFrame current="settings" namespace={namespace}>
      <div className="grid grid-cols-1 max-w-[640px] gap-4">
        <Panel title="Description">
          <ActionForm action={changeNamespace.bind(null, name)}>
            <Field
              defaultValue={description ?? ''}
              dir="auto"
              hint="One line about whose namespace it is. Members see it."
              isLabelHidden
              label="Description"
              name="description"
            />
            <div>
              <SubmitButton>Save</SubmitButton>
            </div>
          </ActionForm>
        </Panel>
        <UsagePanel namespace={name} />
        <ImmutableSettings patterns={own.immutableTags} target={target} />
        <ExpirySettings expiry={own.expiry} target={target} />
        <RetentionSettings own={own.retention} target={target} />
        {kind === 'organization' && (
          <Panel title="Delete">
            <ActionForm action={deleteNamespace.bind(null, name)}>
              <p className="text-[13.5px]">
                Deletes the organization with its members, teams, robots and all repositories. All of it stays
                in trash for some days, from where its owners can restore it. Its name is never given out
                again.
              </p>
              <TypedName button="Delete the organization" name={name} what="the deletion" />
            </ActionForm>
          </Panel>
        )}
      </div>
    </NamespaceFrame>
  );
}
