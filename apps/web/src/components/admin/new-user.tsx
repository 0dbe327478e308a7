import { createUser } from '@/app/admin/users/actions';
import { LinkButton } from '../button/link-button';
import { Field } from '../form/field';
import { SubmitButton } from '../form/submit-button';
import { LinkForm } from './link-form';

/** Makes an account; its owner sets the password by a link that works once. */
export function NewUser() {
  return (
    <div className="my-4">
      <LinkForm action={createUser}>
        <h2>New user</h2>
        <Field
          autoCapitalize="none"
          autoComplete="off"
          autoFocus
          hint="Lowercase letters, digits and single . _ - between them. It cannot change."
          label="User name"
          name="username"
          required
          spellCheck={false}
        />
        <Field autoComplete="off" hint="Optional." label="E-mail" name="email" type="email" />
        <Field
          autoComplete="new-password"
          hint="Optional: without one you get a link, by which the user chooses it. One that you set is to be changed."
          label="Password"
          maxLength={256}
          minLength={10}
          name="password"
          type="password"
        />
        <div className="flex flex-wrap gap-2">
          <SubmitButton>Make the account</SubmitButton>
          <LinkButton href="/admin/users">Cancel</LinkButton>
        </div>
      </LinkForm>
    </div>
  );
}
