// A fleet that pulls one image at once.
import { Client, MANIFEST } from '../client.mjs';
import { pullImage } from '../works/images.mjs';
import { oneOfEach, verdict } from './verdict.mjs';

/** @type {import('../studies.mjs').Study} */
export const crowd = {
  id: 'crowd',
  title: 'One image, pulled by very many clients at the same moment',
  needs: ['images'],
  expectedSeconds: ({ size }, servers) => (servers * size.crowd) / 80,
  async run({ readers, size }) {
    const lines = [];
    /** @type {number[]} */
    const failures = [];
    for (const reader of oneOfEach(readers)) {
      const { failed, seconds, reason } = await pullAtOnce(reader, size.crowd);
      failures.push(failed);
      if (reason) console.log(`${reader.server.name}: ${reason}`);
      lines.push([
        reader.server.name,
        size.crowd.toLocaleString('en-US'),
        String(failed),
        `${seconds.toFixed(1)} s`,
        `${Math.round(size.crowd / seconds)} images/s`,
      ]);
    }
    const [ours = 0] = failures;
    return {
      columns: ['registry', 'clients', 'failed', 'until the last was done', 'rate'],
      lines,
      verdicts: [verdict(`${ours} of Berth's clients failed`, '0', ours === 0)],
    };
  },
};

/** Each by a connection of its own, which none tries a second time. @param {import('../measure.mjs').Reader} reader @param {number} clients */
async function pullAtOnce({ server, repository, seeded, headers }, clients) {
  const name = repository('images');
  const given = { ...(await headers(name)), Accept: MANIFEST };
  const tag = seeded.imageTags[0] ?? '';
  let failed = 0;
  let reason = '';
  const began = performance.now();
  await Promise.all(
    Array.from({ length: clients }, async () => {
      const client = new Client(server.url, given);
      try {
        await pullImage(client, name, tag, 1);
      } catch (error) {
        failed += 1;
        reason = String(error);
      } finally {
        client.agent.destroy();
      }
    }),
  );
  return { failed, reason, seconds: (performance.now() - began) / 1000 };
}
