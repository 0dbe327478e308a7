import { Field } from './field';

/** A password that its owner chooses now. */
export function NewPasswordField({ name, label = 'Password' }: { name: string; label?: string }) {
  return (
    <Field
      autoComplete="new-password"
      hint="10 characters or more, and none of the usual ones."
      label={label}
      maxLength={256}
      minLength={10}
      name={name}
      required
      type="password"
    />
  );
}
