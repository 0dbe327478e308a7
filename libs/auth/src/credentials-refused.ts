/** A credential that was read but does not count; `reason` may be told to its bearer. */
export class CredentialsRefused extends Error {
  constructor(
    readonly reason: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = new.target.name;
  }
}
