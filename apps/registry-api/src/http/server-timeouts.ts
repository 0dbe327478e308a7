import type { Server } from 'node:http';
import { limits } from '../limits.js';

/**
 * Slow clients are cut off when nothing moves, not by total time: Node's `requestTimeout` of 300 s would end a long
 * upload that still flows.
 */
export function setTimeouts(server: Server): void {
  server.requestTimeout = 0;
  server.headersTimeout = 30_000;
  server.keepAliveTimeout = 75_000;
  server.timeout = limits.idleSeconds * 1000;
}
