import { clsx } from 'clsx';

export interface ButtonLook {
  readonly kind?: 'plain' | 'primary' | 'danger' | 'quiet';
  readonly isSmall?: boolean;
}

const kinds = {
  plain: 'border-line-strong bg-panel text-ink hover:border-ink-3',
  primary: 'border-accent bg-accent text-accent-ink hover:brightness-110',
  danger: 'border-line-strong bg-panel text-bad hover:border-bad',
  quiet: 'border-transparent text-ink-2 hover:text-ink hover:bg-sunk',
};

/** Classes of a button, or of a link that looks like one. */
export function buttonStyle({ kind = 'plain', isSmall = false }: ButtonLook = {}): string {
  return clsx(
    'inline-flex items-center justify-center gap-1.5 border font-[550] leading-none whitespace-nowrap no-underline hover:no-underline',
    'disabled:opacity-55 aria-disabled:cursor-default aria-disabled:opacity-55',
    isSmall ? 'h-7 rounded-[6px] px-[9px] text-sm' : 'h-[34px] rounded-m px-[13px] text-[13.5px]',
    kinds[kind],
  );
}
