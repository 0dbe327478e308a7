import type { Metadata } from 'next';
import { ActionForm } from '@/components/form/action-form';
import { Choices } from '@/components/form/choices';
import { Field, SelectField } from '@/components/form/field';
import { SubmitButton } from '@/components/form/submit-button';
import { PageHead } from '@/components/page/page-head';
import { Panel } from '@/components/panel/panel';
import { type PageQuery, single } from '@/lib/page-query';
import { requireSignedIn } from '@/lib/registry-api/me';
import type { Me } from '@/lib/registry-api/types';
import { createOrganization, createRepository } from './actions';

export const metadata: Metadata = { title: 'New' };

export default async function NewPage({ searchParams }: PageQuery) {
  const [me, query] = await Promise.all([requireSignedIn(), searchParams]);
  const namespace = single(query.namespace) ?? me.username;
  return (
    <div className="mx-auto max-w-[620px]">
      <PageHead title="New repository">
        <p>
          A push makes the repository it names as well. Make it here to choose who may see it, and what it is
          for.
        </p>
      </PageHead>
      <Panel>
        <RepositoryForm me={me} namespace={namespace} />
      </Panel>
      <section className="mt-8" id="organization">
        <h2 className="mb-1 text-xl">New organization</h2>
        <p className="mb-3 text-ink-2">A namespace for a team: its members share repositories and robots.</p>
        <Panel>
          <OrganizationForm />
        </Panel>
      </section>
    </div>
  );
}

function RepositoryForm({ me, namespace }: { me: Me; namespace: string }) {
  const writable = me.namespaces.filter(({ role }) => role !== 'reader').map(({ name }) => name);
  const offered =
    writable.includes(namespace) || me.isAdmin ? [...new Set([namespace, ...writable])] : writable;
  return (
    <ActionForm action={createRepository}>
      <div className="grid gap-3 sm:grid-cols-[minmax(0,200px)_minmax(0,1fr)]">
        <SelectField
          defaultValue={namespace}
          label="Namespace"
          name="namespace"
          options={offered.map((name) => [name, name])}
        />
        <Field
          autoCapitalize="none"
          autoComplete="off"
          autoFocus
          hint="Lowercase: my-app, or more parts as tools/my-app."
          label="Name"
          name="name"
          required
          spellCheck={false}
        />
      </div>
      <Field dir="auto" hint="Optional, one line." label="Description" name="description" />
      <Choices
        choices={[
          {
            value: 'private',
            label: 'Private',
            hint: 'It does not exist for anyone without access.',
            isChosen: true,
          },
          { value: 'public', label: 'Public', hint: 'Everybody may find and pull it.' },
        ]}
        legend="Visibility"
        name="visibility"
        type="radio"
      />
      <div>
        <SubmitButton>Make the repository</SubmitButton>
      </div>
    </ActionForm>
  );
}

function OrganizationForm() {
  return (
    <ActionForm action={createOrganization}>
      <Field
        autoCapitalize="none"
        autoComplete="off"
        hint="One lowercase word, the first part of its images' names. It cannot change."
        label="Organization"
        name="organization"
        required
        spellCheck={false}
      />
      <Field dir="auto" hint="Optional, one line." label="What it is for" name="purpose" />
      <div>
        <SubmitButton kind="plain">Make the organization</SubmitButton>
      </div>
    </ActionForm>
  );
}
