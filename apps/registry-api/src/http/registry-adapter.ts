import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { NestApplicationOptions } from '@nestjs/common';
import { ExpressAdapter } from '@nestjs/platform-express';
import { limits } from '../limits.js';

/** What the server takes for a request at all; Nest's adapter leaves that to Node. A missing Host gets its JSON from us. */
const options = { maxHeaderSize: limits.headerBytes, requireHostHeader: false };

/** Express behind a server of our own limits. */
export class RegistryAdapter extends ExpressAdapter {
  override initHttpServer({ httpsOptions }: NestApplicationOptions): void {
    const instance = this.getInstance();
    this.httpServer = httpsOptions
      ? createTlsServer({ ...httpsOptions, ...options }, instance)
      : createServer(options, instance);
  }
}
