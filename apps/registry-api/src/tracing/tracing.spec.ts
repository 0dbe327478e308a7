import { expect, test } from 'vitest';
import { isTracingAsked } from './tracing.js';

const endpoint = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318' };

test.each([
  { variables: {}, isAsked: false },
  { variables: { OTEL_SERVICE_NAME: 'berth' }, isAsked: false },
  { variables: endpoint, isAsked: true },
  { variables: { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://collector:4318/v1/traces' }, isAsked: true },
  { variables: { OTEL_TRACES_EXPORTER: 'otlp' }, isAsked: true },
  { variables: { ...endpoint, OTEL_TRACES_EXPORTER: 'none' }, isAsked: false },
  { variables: { ...endpoint, OTEL_SDK_DISABLED: 'true' }, isAsked: false },
])('tracing by $variables: $isAsked', ({ variables, isAsked }) => {
  expect(isTracingAsked(variables)).toBe(isAsked);
});
