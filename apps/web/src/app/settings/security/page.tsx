import type { Metadata } from 'next';
import { ActionForm } from '@/components/form/action-form';
import { Field } from '@/components/form/field';
import { NewPasswordField } from '@/components/form/new-password-field';
import { SubmitButton } from '@/components/form/submit-button';
import { Notice } from '@/components/notice/notice';
import { OwnIdentities } from '@/components/oidc/own-identities';
import { PageHead } from '@/components/page/page-head';
import { Panel } from '@/components/panel/panel';
import { oidcRefusal } from '@/lib/oidc/refusals';
import { type PageQuery, single } from '@/lib/page-query';
import { requireSignedIn } from '@/lib/registry-api/me';
import { changePassword } from '../actions';

export const metadata: Metadata = { title: 'Password' };

export default async function SecurityPage({ searchParams }: PageQuery) {
  const me = await requireSignedIn();
  const refusal = oidcRefusal(single((await searchParams).error));
  return (
    <div className="max-w-[560px]">
      <PageHead title="Password">
        <p>
          For signing in here. Clients and CI better use an access token, which can do less and be revoked
          alone.
        </p>
      </PageHead>
      {me.isPasswordTemporary && (
        <div className="mb-4">
          <Notice tone="warn">An admin has set this password and so knows it: change it.</Notice>
        </div>
      )}
      {refusal && (
        <div className="mb-4">
          <Notice tone="bad">{refusal}</Notice>
        </div>
      )}
      <div className="grid grid-cols-1 gap-4">
        <Panel>
          <ActionForm action={changePassword}>
            <input autoComplete="username" hidden name="username" readOnly value={me.username} />
            <Field
              autoComplete="current-password"
              label="Password now"
              name="oldPassword"
              required
              type="password"
            />
            <NewPasswordField label="New password" name="newPassword" />
            <Field
              autoComplete="new-password"
              label="New password again"
              name="repeated"
              required
              type="password"
            />
            <div>
              <SubmitButton>Change the password</SubmitButton>
            </div>
          </ActionForm>
        </Panel>
        <OwnIdentities />
      </div>
    </div>
  );
}
