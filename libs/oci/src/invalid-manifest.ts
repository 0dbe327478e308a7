/** `reason` is a sentence for people; `detail` names the place and the values found. */
export class InvalidManifest extends Error {
  override readonly name = 'InvalidManifest';

  constructor(
    readonly reason: string,
    readonly detail?: Readonly<Record<string, unknown>>,
    options?: ErrorOptions,
  ) {
    super(`invalid manifest: ${reason}`, options);
  }
}
