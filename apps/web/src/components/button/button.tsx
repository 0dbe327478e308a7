import { clsx } from 'clsx';
import type { ComponentProps } from 'react';
import { type ButtonLook, buttonStyle } from './button-style';

export function Button({
  kind,
  isSmall,
  className,
  type = 'button',
  ...attributes
}: ComponentProps<'button'> & ButtonLook) {
  return <button className={clsx(buttonStyle({ kind, isSmall }), className)} type={type} {...attributes} />;
}
