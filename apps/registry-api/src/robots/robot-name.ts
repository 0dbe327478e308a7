/** The name a robot signs in by; no user name holds a `+`, and no shell needs quotes for it. */
export function robotUsername({
  namespace,
  name,
}: {
  readonly namespace: string;
  readonly name: string;
}): string {
  return `robot+${namespace}+${name}`;
}

/** Undefined for what is no robot's user name. */
export function parseRobotUsername(text: string): { namespace: string; name: string } | undefined {
  const [, namespace, name] = /^robot\+([^+]+)\+([^+]+)$/.exec(text) ?? [];
  return namespace === undefined || name === undefined ? undefined : { namespace, name };
}
