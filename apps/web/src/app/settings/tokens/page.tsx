import type { Metadata } from 'next';
import { TokenTable } from '@/components/access-tokens/token-table';
import { LinkButton } from '@/components/button/link-button';
import { Empty } from '@/components/empty/empty';
import { Field } from '@/components/form/field';
import { SubmitButton } from '@/components/form/submit-button';
import { PageHead } from '@/components/page/page-head';
import { Pager } from '@/components/page/pager';
import { CredentialFields } from '@/components/secret/credential-fields';
import { SecretForm } from '@/components/secret/secret-form';
import { publicUrl } from '@/lib/env';
import { type PageQuery, single } from '@/lib/page-query';
import { found, registryApi } from '@/lib/registry-api/client';
import { requireSignedIn } from '@/lib/registry-api/me';
import { withQuery } from '@/lib/repository/links';
import { createAccessToken } from './actions';

export const metadata: Metadata = { title: 'Access tokens' };

const path = '/settings/tokens';

export default async function TokensPage({ searchParams }: PageQuery) {
  await requireSignedIn();
  const query = await searchParams;
  const cursor = single(query.cursor);
  const isNew = query.new !== undefined;
  const api = await registryApi();
  const { items, nextCursor } = await found(
    api.GET('/api/v1/access-tokens', { params: { query: { limit: '50', cursor } } }),
  );
  return (
    <>
      <PageHead
        end={
          !isNew && (
            <LinkButton href={`${path}?new`} kind="primary">
              New access token
            </LinkButton>
          )
        }
        title="Access tokens"
      >
        <p>For docker login, CI and scripts. A token never does more than you may do yourself.</p>
      </PageHead>
      {isNew && <NewToken />}
      {items.length > 0 ? (
        <TokenTable tokens={items} />
      ) : (
        !isNew && (
          <Empty title="No access tokens yet">
            <p>Make one for every place that signs in, so that each can be revoked alone.</p>
          </Empty>
        )
      )}
      <Pager
        first={cursor ? path : undefined}
        next={nextCursor ? withQuery(path, { cursor: nextCursor }) : undefined}
      />
    </>
  );
}

function NewToken() {
  return (
    <div className="mb-5">
      <SecretForm action={createAccessToken} host={publicUrl.host}>
        <h2>New access token</h2>
        <Field
          autoComplete="off"
          autoFocus
          hint="Where it will be used: laptop, ci-main."
          label="Name"
          maxLength={100}
          name="name"
          required
        />
        <CredentialFields hasSettings />
        <div className="flex flex-wrap gap-2">
          <SubmitButton>Make the access token</SubmitButton>
          <LinkButton href={path}>Cancel</LinkButton>
        </div>
      </SecretForm>
    </div>
  );
}
