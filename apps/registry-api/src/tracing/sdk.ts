import { createRequire, syncBuiltinESMExports } from 'node:module';
import { PgInstrumentation } from '@opentelemetry/instrumentation-pg';
import { PinoInstrumentation } from '@opentelemetry/instrumentation-pino';
import { UndiciInstrumentation } from '@opentelemetry/instrumentation-undici';
import { NodeSDK } from '@opentelemetry/sdk-node';
import { register, supportsSyncHooks } from 'import-in-the-middle/register-hooks.mjs';
import { traceHttp } from './trace-http.js';

const STOP_MS = 3000;

/** What is patched while it is imported, or required by a package. */
const traced = ['pg', 'pg-pool', 'pino'];
/** What was imported before: it is patched where packages require it, and told to those that import it. */
const tracedOfNode = ['node:http', 'node:https'];

/** Starts the SDK, which reads the standard `OTEL_*` variables by itself; gives what stops it. */
export function startSdk(variables: Record<string, string | undefined>): () => Promise<void> {
  if (!supportsSyncHooks()) {
    throw new Error(
      `OTEL_*: Node.js ${process.versions.node} cannot be traced; it needs 22.22.3, 24.11.1 or newer`,
    );
  }
  // Metrics are Prometheus' (`/metrics`), and the log is on standard error.
  variables.OTEL_METRICS_EXPORTER ??= 'none';
  variables.OTEL_LOGS_EXPORTER ??= 'none';
  register({ include: traced });
  const sdk = new NodeSDK({
    ...(isServiceNamed(variables) ? {} : { serviceName: 'berth' }),
    instrumentations: [
      traceHttp(variables.BERTH_WEB_URL),
      new UndiciInstrumentation({ requireParentforSpans: true }),
      new PgInstrumentation({
        requireParentSpan: true,
        ignoreConnectSpans: true,
        requestHook: (span, { query }) => {
          if (query.name) span.updateName(`sql ${query.name}`);
        },
      }),
      new PinoInstrumentation({ disableLogSending: true }),
    ],
  });
  sdk.start();
  const require = createRequire(import.meta.url);
  for (const name of tracedOfNode) require(name);
  syncBuiltinESMExports();
  return () => Promise.race([sdk.shutdown().catch(() => undefined), afterMs(STOP_MS)]);
}

function isServiceNamed({ OTEL_SERVICE_NAME, OTEL_RESOURCE_ATTRIBUTES }: Record<string, string | undefined>) {
  return Boolean(OTEL_SERVICE_NAME) || /(^|,)\s*service\.name\s*=/.test(OTEL_RESOURCE_ATTRIBUTES ?? '');
}

function afterMs(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds).unref());
}
