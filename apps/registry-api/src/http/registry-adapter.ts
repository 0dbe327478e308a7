import { createServer, IncomingMessage, ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { NestApplicationOptions } from '@nestjs/common';
import { ExpressAdapter } from '@nestjs/platform-express';
import { limits } from '../limits.js';

/** What the server takes for a request at all; Nest's adapter leaves that to Node. A missing Host gets its JSON from us. */
const options = { maxHeaderSize: limits.headerBytes, requireHostHeader: false };

/** Answers a request, or tells that it is none of its own: false. */
export type HotRoutes = (request: IncomingMessage, response: ServerResponse) => boolean;

/** Express behind a server of our own limits. */
export class RegistryAdapter extends ExpressAdapter {
  /** Asked before Express. */
  hotRoutes: HotRoutes = () => false;

  override initHttpServer({ httpsOptions }: NestApplicationOptions): void {
    const instance = this.getInstance();
    const made = { ...options, ...classesOf(instance) };
    const serve = (request: IncomingMessage, response: ServerResponse) => {
      if (!this.hotRoutes(request, response)) instance(request, response);
    };
    this.httpServer = httpsOptions
      ? createTlsServer({ ...httpsOptions, ...made }, serve)
      : createServer(made, serve);
  }
}

/**
 * Requests and answers that have Express' methods from the start: it gives them to those that have not, and objects
 * whose prototype changes are slow ever after.
 */
function classesOf(instance: { request: object; response: object }) {
  class ExpressRequest extends IncomingMessage {}
  class ExpressResponse extends ServerResponse {}
  Object.setPrototypeOf(ExpressRequest.prototype, instance.request);
  Object.setPrototypeOf(ExpressResponse.prototype, instance.response);
  instance.request = ExpressRequest.prototype;
  instance.response = ExpressResponse.prototype;
  return { IncomingMessage: ExpressRequest, ServerResponse: ExpressResponse };
}
