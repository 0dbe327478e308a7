import type { ReactNode } from 'react';

/** What a form's action answers; nothing of it before the first time. */
export interface FormState {
  /** One sentence: what was wrong and what would be right. */
  readonly problem?: string;
  /** One sentence: what has been done. */
  readonly done?: string;
  /** What was asked for, shown below the fields, which keep what was typed. */
  readonly shown?: ReactNode;
}

export type FormAction = (state: FormState, form: FormData) => Promise<FormState>;
