const SHOWN_CHARACTERS = 80;

/** A text that a client sent and that is not what the spec's grammar asks for; `reason` is written for people. */
export abstract class InvalidText extends Error {
  constructor(
    what: string,
    readonly text: string,
    readonly reason: string,
    options?: ErrorOptions,
  ) {
    super(`${quoted(text)} is not a valid ${what}: ${reason}`, options);
    this.name = new.target.name;
  }
}

/** The text in quotation marks, control characters escaped and shortened, fit for a message. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text);
}
