import type { Socket } from 'node:net';
import { Inject, Injectable } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { Counter, Histogram } from 'prom-client';
import { MetricRegistry } from './metric-registry.js';

interface TransferredBytes {
  readonly received: number;
  readonly sent: number;
}

const SECONDS_BUCKETS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 120, 600];

/** The route whose answers are registry tokens. */
const TOKEN_ROUTE = '/token';

/** What was asked over HTTP and answered. */
@Injectable()
export class HttpMetrics {
  private readonly requests: Histogram<'route' | 'method' | 'status'>;
  private readonly received: Counter<'route'>;
  private readonly sent: Counter<'route'>;
  private readonly tokens: Counter<'result'>;
  /** What each connection had carried when its last request was counted. */
  private readonly counted = new WeakMap<Socket, TransferredBytes>();

  constructor(@Inject(MetricRegistry) registry: MetricRegistry) {
    const registers = [registry];
    this.requests = new Histogram({
      name: 'berth_http_request_seconds',
      help: 'Requests by route, method and status, from their first byte to the end of the answer.',
      labelNames: ['route', 'method', 'status'],
      buckets: SECONDS_BUCKETS,
      registers,
    });
    this.received = new Counter({
      name: 'berth_http_received_bytes_total',
      help: 'Bytes of requests by route; those of uploads are pushes.',
      labelNames: ['route'],
      registers,
    });
    this.sent = new Counter({
      name: 'berth_http_sent_bytes_total',
      help: 'Bytes of answers by route; those of blobs are pulls.',
      labelNames: ['route'],
      registers,
    });
    this.tokens = new Counter({
      name: 'berth_token_requests_total',
      help: 'Registry tokens asked for: issued, refused (wrong or no longer valid credentials), or failed here.',
      labelNames: ['result'],
      registers,
    });
    for (const result of ['issued', 'refused', 'failed']) this.tokens.inc({ result }, 0);
  }

  /** Express middleware. Routes are labelled by their template, never by a path, which holds names of repositories. */
  readonly measure = (request: Request, response: Response, next: NextFunction): void => {
    const stopTimer = this.requests.startTimer();
    const { socket } = request; // which a request that broke off has no more when it closes
    response.once('close', () => {
      const route = routeTemplate(request);
      stopTimer({ route, method: request.method, status: response.statusCode });
      this.countBytes(socket, route);
      if (route === TOKEN_ROUTE) this.tokens.inc({ result: tokenResult(response.statusCode) });
    });
    next();
  };

  private countBytes(socket: Socket, route: string): void {
    const before = this.counted.get(socket) ?? { received: 0, sent: 0 };
    const now = { received: socket.bytesRead, sent: socket.bytesWritten };
    this.counted.set(socket, now);
    this.received.inc({ route }, Math.max(0, now.received - before.received));
    this.sent.inc({ route }, Math.max(0, now.sent - before.sent));
  }
}

function tokenResult(status: number): 'issued' | 'refused' | 'failed' {
  if (status < 400) return 'issued';
  return status < 500 ? 'refused' : 'failed';
}

/** `/v2/*name/blobs/:digest`; `none` where no route matched. */
function routeTemplate(request: Request): string {
  const route = request.route as { path?: unknown } | undefined;
  return typeof route?.path === 'string' ? route.path : 'none';
}
