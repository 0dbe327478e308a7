import type { Metadata } from 'next';
import { ActionForm } from '@/components/form/action-form';
import { Field } from '@/components/form/field';
import { SubmitButton } from '@/components/form/submit-button';
import { Link } from '@/components/link/link';
import { Facts } from '@/components/page/facts';
import { PageHead } from '@/components/page/page-head';
import { Panel } from '@/components/panel/panel';
import { Time } from '@/components/time/time';
import { requireSignedIn } from '@/lib/registry-api/me';
import { namespaceHref } from '@/lib/repository/links';
import { changeProfile } from '../actions';

export const metadata: Metadata = { title: 'Profile' };

export default async function ProfilePage() {
  const me = await requireSignedIn();
  return (
    <div className="max-w-[560px]">
      <PageHead title="Profile" />
      <div className="mt-3 grid grid-cols-1 gap-4">
        <Panel>
          <Facts
            facts={[
              ['User name', <b key="name">{me.username}</b>],
              [
                'Namespace',
                <Link href={namespaceHref(me.username)} key="namespace">
                  {me.username}
                </Link>,
              ],
              ['Instance admin', me.isAdmin ? 'yes' : 'no'],
              ['Last sign-in', me.lastSignInAt && <Time at={me.lastSignInAt} key="sign-in" />],
            ]}
          />
        </Panel>
        <Panel title="E-mail">
          <ActionForm action={changeProfile}>
            <Field
              autoComplete="email"
              defaultValue={me.email ?? ''}
              hint="Optional. Admins see it; images do not carry it."
              isLabelHidden
              label="E-mail address"
              name="email"
              type="email"
            />
            <div>
              <SubmitButton>Save</SubmitButton>
            </div>
          </ActionForm>
        </Panel>
      </div>
    </div>
  );
}
