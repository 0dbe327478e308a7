type Variables = Record<string, string | undefined>;

let stop: (() => Promise<void>) | undefined;

/**
 * Begins to trace this process if the `OTEL_*` variables ask for it. Comes before anything that is traced is imported;
 * when nothing is asked for, nothing of OpenTelemetry is.
 */
export async function startTracing(variables: Variables): Promise<void> {
  if (!isTracingAsked(variables)) return;
  const { startSdk } = await import('./sdk.js');
  stop = startSdk(variables);
}

/** Sends what has not been sent yet, for a few seconds at most. */
export async function stopTracing(): Promise<void> {
  await stop?.();
}

/** By an address to send to, or by naming an exporter (OpenTelemetry, "SDK environment variables"). */
export function isTracingAsked(variables: Variables): boolean {
  if (variables.OTEL_SDK_DISABLED?.toLowerCase() === 'true') return false;
  if (variables.OTEL_TRACES_EXPORTER) return variables.OTEL_TRACES_EXPORTER !== 'none';
  return Boolean(variables.OTEL_EXPORTER_OTLP_ENDPOINT || variables.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT);
}
