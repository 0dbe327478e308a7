import type { IncomingMessage, Server, ServerResponse } from 'node:http';

const LOOK_EVERY_MS = 500;

/**
 * From now on no connection outlives its request, so that clients and gateways open their next one elsewhere. Requests
 * that are under way end as they would.
 */
export function letConnectionsGo(server: Server): void {
  server.prependListener('request', (_request: IncomingMessage, response: ServerResponse) => {
    response.shouldKeepAlive = false;
  });
  setInterval(() => server.closeIdleConnections(), LOOK_EVERY_MS).unref();
}
