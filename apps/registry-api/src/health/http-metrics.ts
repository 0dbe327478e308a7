import cluster from 'node:cluster';
import type { Socket } from 'node:net';
import { Injectable } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';

interface TransferredBytes {
  readonly received: number;
  readonly sent: number;
}

const SECONDS_BUCKETS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 120, 600];

/**
 * What this worker process served, for Prometheus. Each worker answers for itself under its own `worker` label: a
 * scrape reaches one of them, so scrape more often than you look, or run one worker a container.
 */
@Injectable()
export class HttpMetrics {
  readonly registry = new Registry();
  private readonly requests = new Histogram({
    name: 'berth_http_request_seconds',
    help: 'Requests by route, method and status, from their first byte to the end of the answer.',
    labelNames: ['route', 'method', 'status'],
    buckets: SECONDS_BUCKETS,
    registers: [this.registry],
  });
  private readonly received = this.byteCounter(
    'received',
    'Bytes of requests by route; those of uploads are pushes.',
  );
  private readonly sent = this.byteCounter('sent', 'Bytes of answers by route; those of blobs are pulls.');
  /** What each connection had carried when its last request was counted. */
  private readonly counted = new WeakMap<Socket, TransferredBytes>();

  constructor() {
    this.registry.setDefaultLabels({ worker: String(cluster.worker?.id ?? 0) });
    collectDefaultMetrics({ register: this.registry });
  }

  /** Express middleware. Routes are labelled by their template, never by a path, which holds names of repositories. */
  readonly measure = (request: Request, response: Response, next: NextFunction): void => {
    const stopTimer = this.requests.startTimer();
    const { socket } = request; // which a request that broke off has no more when it closes
    response.once('close', () => {
      const route = routeTemplate(request);
      stopTimer({ route, method: request.method, status: response.statusCode });
      this.countBytes(socket, route);
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

  private byteCounter(direction: keyof TransferredBytes, help: string): Counter<'route'> {
    return new Counter({
      name: `berth_http_${direction}_bytes_total`,
      help,
      labelNames: ['route'],
      registers: [this.registry],
    });
  }
}

/** `/v2/*name/blobs/:digest`; `none` where no route matched. */
function routeTemplate(request: Request): string {
  const route = request.route as { path?: unknown } | undefined;
  return typeof route?.path === 'string' ? route.path : 'none';
}
