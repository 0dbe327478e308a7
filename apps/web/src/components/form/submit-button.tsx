'use client';

import { clsx } from 'clsx';
import type { ComponentProps } from 'react';
import { useFormStatus } from 'react-dom';
import { type ButtonLook, buttonStyle } from '../button/button-style';

/** Sends its form, once, and says that it is being sent. It keeps the focus meanwhile, which a disabled button loses. */
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
      aria-disabled={pending || undefined}
      className={clsx(buttonStyle({ kind, isSmall }), className)}
      disabled={disabled}
      onClick={(event) => {
        if (pending) event.preventDefault();
      }}
      type="submit"
      {...attributes}
    />
  );
}
