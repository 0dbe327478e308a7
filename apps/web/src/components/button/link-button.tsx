import type { ComponentProps } from 'react';
import { Link } from '../link/link';
import { type ButtonLook, buttonStyle } from './button-style';

export function LinkButton({ kind, isSmall, ...attributes }: ComponentProps<typeof Link> & ButtonLook) {
  return <Link className={buttonStyle({ kind, isSmall })} {...attributes} />;
}
