// More and more clients: rate and latency.
import { getsPerSecond } from '../load.mjs';
import { accepting, ofRepository } from '../works/requests.mjs';
import { oneOfEach, verdict } from './verdict.mjs';

const CLIENTS = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512];
/** What may be left of the best rate with the most clients. */
const KEPT = 0.7;

/** @type {import('../studies.mjs').Study} */
export const saturation = {
  id: 'saturation',
  title: 'GET manifest by tag, from 1 to 512 clients',
  needs: ['many'],
  expectedSeconds: ({ seconds }, servers) => CLIENTS.length * servers * (secondsOf(seconds) + 0.3),
  async run({ readers, seconds }) {
    const compared = oneOfEach(readers);
    const lines = [];
    /** @type {number[]} */
    const ours = [];
    for (const connections of CLIENTS) {
      const cells = [];
      for (const reader of compared) {
        const rate = await rateOf(reader, connections, secondsOf(seconds));
        if (reader === compared[0]) ours.push(rate.perSecond);
        cells.push(Math.round(rate.perSecond).toLocaleString('en-US'), ms(rate.p50), ms(rate.p99));
      }
      lines.push([String(connections), ...cells]);
    }
    const best = Math.max(...ours);
    const kept = (ours.at(-1) ?? 0) / best;
    return {
      columns: [
        'clients',
        ...compared.flatMap(({ server }) => [`${server.name}, requests/s`, 'p50 ms', 'p99 ms']),
      ],
      lines,
      verdicts: [
        verdict(
          `With 512 clients Berth answers ${Math.round(kept * 100)} % of its best rate`,
          `at least ${KEPT * 100} %`,
          kept >= KEPT,
        ),
      ],
    };
  },
};

/** @param {number} seconds */
const secondsOf = (seconds) => Math.min(2, seconds);

/** @param {import('../measure.mjs').Reader} reader @param {number} connections @param {number} seconds */
async function rateOf({ server, repository, seeded, headers }, connections, seconds) {
  const name = repository('many');
  const paths = seeded.tags.map((tag) => ofRepository(name)(`manifests/${tag}`));
  const given = accepting({ headers: await headers(name) });
  return getsPerSecond({ url: server.url, paths, headers: given, seconds, connections });
}

/** @param {number} milliseconds */
const ms = (milliseconds) => milliseconds.toFixed(1);
