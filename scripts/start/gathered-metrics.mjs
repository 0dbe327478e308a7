import { AggregatorRegistry } from 'prom-client';

/** @type {AggregatorRegistry<'text/plain; version=0.0.4; charset=utf-8'> | undefined} */
let registry;

/**
 * Sends a worker that was scraped what all workers have counted, or nothing when one of them does not answer.
 *
 * @param {import('node:cluster').Worker} worker @param {number} id of its question
 */
export async function answerScrape(worker, id) {
  registry ??= new AggregatorRegistry();
  const text = await registry.clusterMetrics().catch(() => undefined);
  if (worker.isConnected()) worker.send({ type: 'metrics', id, text });
}
