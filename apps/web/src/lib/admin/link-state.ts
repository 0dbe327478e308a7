import type { FormState } from '../forms/form-state';

/** A link by which somebody sets their password, once. */
export interface MadeLink {
  readonly username: string;
  readonly url: string;
}

export interface LinkState extends FormState {
  readonly link?: MadeLink;
}

export type LinkAction = (state: LinkState, form: FormData) => Promise<LinkState>;
