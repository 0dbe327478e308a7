'use client';

import { clsx } from 'clsx';
import type { ComponentProps } from 'react';
import { useFormStatus } from 'react-dom';
import { type ButtonLook, buttonStyle } from '../button/button-style';

/** Sends its form, and says that it is being sent. */
export function SubmitButton({
  kind = 'primary',
  isSmall,
  className,
  disabled,
  ...attributes
}: ComponentProps<'button'> & ButtonLook) {
  const { pending } = useFormStatus();
  return (
    <button
      aria-busy={pending}
      className={clsx(buttonStyle({ kind, isSmall }), className)}
      disabled={disabled || pending}
      type="submit"
      {...attributes}
    />
  );
}
