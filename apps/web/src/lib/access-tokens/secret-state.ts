import type { FormState } from '../forms/form-state';

/** A secret that has just been made: shown once, kept nowhere. */
export interface MadeSecret {
  /** What it was called by who made it. */
  readonly name: string;
  /** The user name that goes with it. */
  readonly username: string;
  readonly secret: string;
}

export interface SecretState extends FormState {
  readonly made?: MadeSecret;
}

export type SecretAction = (state: SecretState, form: FormData) => Promise<SecretState>;
