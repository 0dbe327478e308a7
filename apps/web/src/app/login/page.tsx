import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { ActionForm } from '@/components/form/action-form';
import { Field } from '@/components/form/field';
import { SubmitButton } from '@/components/form/submit-button';
import { Link } from '@/components/link/link';
import { Notice } from '@/components/notice/notice';
import { ProviderButtons } from '@/components/oidc/provider-buttons';
import { NarrowPage } from '@/components/page/narrow-page';
import { isSignupOpen } from '@/lib/env';
import { safeNext } from '@/lib/forms/safe-next';
import { oidcRefusal } from '@/lib/oidc/refusals';
import { type PageQuery, single } from '@/lib/page-query';
import { whoIsLooking } from '@/lib/registry-api/me';
import { withQuery } from '@/lib/repository/links';
import { signIn } from './actions';

export const metadata: Metadata = { title: 'Sign in' };

export default async function LoginPage({ searchParams }: PageQuery) {
  const query = await searchParams;
  const next = safeNext(single(query.next) ?? '/');
  if (await whoIsLooking()) redirect(next);
  const refusal = oidcRefusal(single(query.error));
  return (
    <NarrowPage title="Sign in">
      {query.password === 'set' && (
        <div className="mb-4">
          <Notice tone="good">The password is set. Sign in with it.</Notice>
        </div>
      )}
      {refusal && (
        <div className="mb-4">
          <Notice tone="bad">{refusal}</Notice>
        </div>
      )}
      <ProviderButtons next={next} />
      <ActionForm action={signIn}>
        <input name="next" type="hidden" value={next} />
        <Field
          autoCapitalize="none"
          autoComplete="username"
          autoFocus
          label="User name"
          name="username"
          required
        />
        <Field autoComplete="current-password" label="Password" name="password" required type="password" />
        <SubmitButton>Sign in</SubmitButton>
      </ActionForm>
      {isSignupOpen ? (
        <p className="mt-5 text-ink-2">
          No account yet?{' '}
          <Link href={withQuery('/register', { next: next === '/' ? undefined : next })}>Register</Link>
        </p>
      ) : (
        <p className="mt-5 text-sm text-ink-2">An admin of this Berth makes accounts and resets passwords.</p>
      )}
    </NarrowPage>
  );
}
