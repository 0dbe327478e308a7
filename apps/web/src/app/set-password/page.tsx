import type { Metadata } from 'next';
import { PasswordLinkForm } from '@/components/account/password-link-form';
import { NewPasswordField } from '@/components/form/new-password-field';
import { SubmitButton } from '@/components/form/submit-button';
import { NarrowPage } from '@/components/page/narrow-page';

export const metadata: Metadata = { title: 'Set a password' };

/** Where the link leads that an admin hands over. Its secret is in the fragment, which no log sees. */
export default function SetPasswordPage() {
  return (
    <NarrowPage title="Set a password">
      <PasswordLinkForm>
        <NewPasswordField label="New password" name="password" />
        <SubmitButton>Set the password</SubmitButton>
      </PasswordLinkForm>
    </NarrowPage>
  );
}
