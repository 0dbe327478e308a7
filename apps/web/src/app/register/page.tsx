import type { Metadata } from 'next';
import { notFound, redirect } from 'next/navigation';
import { ActionForm } from '@/components/form/action-form';
import { Field } from '@/components/form/field';
import { NewPasswordField } from '@/components/form/new-password-field';
import { SubmitButton } from '@/components/form/submit-button';
import { Link } from '@/components/link/link';
import { NarrowPage } from '@/components/page/narrow-page';
import { isSignupOpen } from '@/lib/env';
import { safeNext } from '@/lib/forms/safe-next';
import { type PageQuery, single } from '@/lib/page-query';
import { whoIsLooking } from '@/lib/registry-api/me';
import { register } from './actions';

export const metadata: Metadata = { title: 'Register' };

export default async function RegisterPage({ searchParams }: PageQuery) {
  if (!isSignupOpen) notFound();
  const next = safeNext(single((await searchParams).next) ?? '/');
  if (await whoIsLooking()) redirect(next);
  return (
    <NarrowPage title="Make an account">
      <ActionForm action={register}>
        <input name="next" type="hidden" value={next} />
        <Field
          autoCapitalize="none"
          autoComplete="username"
          autoFocus
          hint="Lowercase letters, digits and single . _ - between them. Your images are called by it, and it cannot change."
          label="User name"
          name="username"
          required
          spellCheck={false}
        />
        <Field autoComplete="email" hint="Optional." label="E-mail" name="email" type="email" />
        <NewPasswordField name="password" />
        <SubmitButton>Make the account</SubmitButton>
      </ActionForm>
      <p className="mt-5 text-ink-2">
        Have one already? <Link href="/login">Sign in</Link>
      </p>
    </NarrowPage>
  );
}
