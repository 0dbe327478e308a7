import type { Metadata } from 'next';
import { LinkButton } from '@/components/button/link-button';
import { Empty } from '@/components/empty/empty';
import { Field } from '@/components/form/field';
import { SubmitButton } from '@/components/form/submit-button';
import { NamespaceFrame } from '@/components/namespace/namespace-frame';
import { RobotChange } from '@/components/namespace/robot-change';
import { RobotTable } from '@/components/namespace/robot-table';
import { Pager } from '@/components/page/pager';
import { CredentialFields } from '@/components/secret/credential-fields';
import { SecretForm } from '@/components/secret/secret-form';
import { publicUrl } from '@/lib/env';
import { readNamespace, readOwnedNamespace } from '@/lib/namespaces/reading';
import { type PageQuery, single } from '@/lib/page-query';
import { found, registryApi } from '@/lib/registry-api/client';
import { namespaceHref, withQuery } from '@/lib/repository/links';
import { createRobot } from '../robot-actions';

interface RobotsPageProps extends PageQuery {
  readonly params: Promise<{ namespace: string }>;
}

export async function generateMetadata({ params }: RobotsPageProps): Promise<Metadata> {
  return { title: `Robots of ${(await readNamespace((await params).namespace)).name}` };
}

export default async function RobotsPage({ params, searchParams }: RobotsPageProps) {
  const namespace = await readOwnedNamespace((await params).namespace);
  const query = await searchParams;
  const cursor = single(query.cursor);
  const isNew = query.new !== undefined;
  const changed = single(query.change);
  const path = `${namespaceHref(namespace.name)}/-/robots`;
  const api = await registryApi();
  const { items, nextCursor } = await found(
    api.GET('/api/v1/namespaces/{namespace}/robots', {
      params: { path: { namespace: namespace.name }, query: { limit: '50', cursor } },
    }),
  );
  return (
    <NamespaceFrame current="robots" namespace={namespace}>
      <div className="mb-4 flex flex-wrap items-center gap-3">
        <p className="text-ink-2">Accounts for machines: they belong to the namespace, not to a person.</p>
        {!isNew && (
          <span className="ml-auto">
            <LinkButton href={`${path}?new`} kind="primary">
              New robot
            </LinkButton>
          </span>
        )}
      </div>
      {isNew && <NewRobot namespace={namespace.name} path={path} />}
      {changed && <RobotChange namespace={namespace.name} path={path} robot={changed} />}
      {items.length > 0 ? (
        <RobotTable namespace={namespace.name} robots={items} />
      ) : (
        !isNew && (
          <Empty title="No robots yet">
            <p>Make one for a build server: it goes on when the person who set it up has left.</p>
          </Empty>
        )
      )}
      <Pager
        first={cursor ? path : undefined}
        next={nextCursor ? withQuery(path, { cursor: nextCursor }) : undefined}
      />
    </NamespaceFrame>
  );
}

function NewRobot({ namespace, path }: { namespace: string; path: string }) {
  return (
    <div className="mb-5">
      <SecretForm action={createRobot.bind(null, namespace)} host={publicUrl.host}>
        <h2>New robot</h2>
        <Field
          autoCapitalize="none"
          autoComplete="off"
          autoFocus
          hint={`One lowercase word: ci signs in as robot+${namespace}+ci.`}
          label="Name"
          name="name"
          required
          spellCheck={false}
        />
        <Field dir="auto" hint="Optional, one line." label="What it is for" name="description" />
        <CredentialFields hasSettings={false} />
        <div className="flex flex-wrap gap-2">
          <SubmitButton>Make the robot</SubmitButton>
          <LinkButton href={path}>Cancel</LinkButton>
        </div>
      </SecretForm>
    </div>
  );
}
