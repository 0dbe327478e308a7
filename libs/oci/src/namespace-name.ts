import { InvalidText } from './invalid-text.js';
import { componentFault, NAME_MAX_LENGTH } from './name-grammar.js';

/** A repository of one character still has to fit behind the slash. */
const MAX_LENGTH = NAME_MAX_LENGTH - '/x'.length;

export class InvalidNamespaceName extends InvalidText {
  constructor(text: string, reason: string, options?: ErrorOptions) {
    super('namespace name', text, reason, options);
  }
}

export function isNamespaceName(text: string): boolean {
  return namespaceNameFault(text) === undefined;
}

/** The first component of a repository name: a user's or an organization's. Whether it is reserved is not known here. */
export class NamespaceName {
  private constructor(readonly value: string) {}

  /** Throws `InvalidNamespaceName`. */
  static parse(text: string): NamespaceName {
    const fault = namespaceNameFault(text);
    if (fault) throw new InvalidNamespaceName(text, fault);
    return new NamespaceName(text);
  }

  equals(other: NamespaceName): boolean {
    return this.value === other.value;
  }

  toString(): string {
    return this.value;
  }

  toJSON(): string {
    return this.value;
  }
}

function namespaceNameFault(text: string): string | undefined {
  if (text === '') return 'it is empty';
  if (text.length > MAX_LENGTH) return `it has ${text.length} characters, and ${MAX_LENGTH} are allowed`;
  if (text.includes('/')) return 'it must not contain a slash';
  return componentFault(text);
}
