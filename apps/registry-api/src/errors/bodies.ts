import type { WireError } from './table.js';

/** Distribution spec, "Error Codes". */
export function registryErrors(wire: WireError): string {
  return JSON.stringify({
    errors: wire.all ?? [{ code: wire.code, message: wire.message, detail: wire.detail }],
  });
}

/** `application/problem+json` (RFC 9457). */
export function problemDetails(wire: WireError): string {
  return JSON.stringify({
    type: 'about:blank',
    title: wire.code,
    status: wire.status,
    detail: wire.message,
    errors: wire.detail,
  });
}
