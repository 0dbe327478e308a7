import { InvalidText } from './invalid-text.js';
import { componentFault, NAME_MAX_LENGTH } from './name-grammar.js';

/** The namespace of names with a single component: `alpine` is `library/alpine`. */
export const LIBRARY_NAMESPACE = 'library';

export class InvalidRepositoryName extends InvalidText {
  constructor(text: string, reason: string, options?: ErrorOptions) {
    super('repository name', text, reason, options);
  }
}

/** A repository's full name by the distribution spec's grammar; always with a namespace. Immutable. */
export class RepositoryName {
  private constructor(
    /** The full name: `library/alpine` when `alpine` was asked for. */
    readonly value: string,
  ) {}

  /** Throws `InvalidRepositoryName`. The limit of 255 characters counts the full name. */
  static parse(text: string): RepositoryName {
    const value = text.includes('/') ? text : `${LIBRARY_NAMESPACE}/${text}`;
    const fault = nameFault(text, value);
    if (fault) throw new InvalidRepositoryName(text, fault);
    return new RepositoryName(value);
  }

  /** The first component. */
  get namespace(): string {
    return this.value.slice(0, this.value.indexOf('/'));
  }

  /** The name as people write it: `alpine` for `library/alpine`, else the full name. */
  get shown(): string {
    const rest = this.value.slice(this.value.indexOf('/') + 1);
    return this.namespace === LIBRARY_NAMESPACE && !rest.includes('/') ? rest : this.value;
  }

  equals(other: RepositoryName): boolean {
    return this.value === other.value;
  }

  toString(): string {
    return this.value;
  }

  toJSON(): string {
    return this.value;
  }
}

function nameFault(text: string, value: string): string | undefined {
  if (text === '') return 'it is empty';
  if (value.length > NAME_MAX_LENGTH) {
    return `its full name has ${value.length} characters, and ${NAME_MAX_LENGTH} are allowed`;
  }
  for (const component of value.split('/')) {
    const fault = componentFault(component);
    if (fault) return fault;
  }
  return undefined;
}
