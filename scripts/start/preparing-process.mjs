// What Preparation starts: does what it is told, one work after the other, and ends when it is let go.
import { readConfiguration } from './configuration.mjs';
import { bootstrapAdmin, migrate } from './database.mjs';
import { toPlain } from './plain-errors.mjs';
import { prepareStorage } from './storage.mjs';

// They reach all processes of a terminal; the start says when this one ends.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {});
process.once('disconnect', () => process.exit());

const env = await readConfiguration(process.env);

/** @type {Record<import('./preparation.mjs').Work, (databaseUrl: string) => Promise<unknown>>} */
const works = {
  storage: () => prepareStorage(env),
  schema: (databaseUrl) => migrate(databaseUrl),
  admin: (databaseUrl) => bootstrapAdmin(databaseUrl, env.admin),
};

/** @param {import('./preparation.mjs').Order} order */
async function answer({ work, databaseUrl }) {
  try {
    return { result: await works[work](databaseUrl) };
  } catch (error) {
    return { failure: toPlain(error) };
  }
}

process.on('message', async (/** @type {import('./preparation.mjs').Order} */ order) => {
  process.send?.(await answer(order));
});
