import type { IncomingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';
import { Server as TlsServer } from 'node:tls';
import { type BeforeApplicationShutdown, Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';

/**
 * Connections on which nothing was asked yet. Browsers and clients open some ahead of time, and a server that closes
 * waits for them as for a request that begins.
 */
@Injectable()
export class SilentConnections implements OnModuleInit, BeforeApplicationShutdown {
  private readonly silent = new Set<Socket>();

  constructor(@Inject(HttpAdapterHost) private readonly adapter: HttpAdapterHost) {}

  onModuleInit(): void {
    const server = this.adapter.httpAdapter?.getHttpServer() as Server | undefined;
    server?.on(server instanceof TlsServer ? 'secureConnection' : 'connection', (socket: Socket) => {
      this.silent.add(socket);
      socket.once('close', () => this.silent.delete(socket));
    });
    for (const event of ['request', 'upgrade'])
      server?.on(event, ({ socket }: IncomingMessage) => this.silent.delete(socket));
  }

  beforeApplicationShutdown(): void {
    for (const socket of this.silent) socket.destroy();
  }
}
