import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type PlatformStory, tellPlatformStory } from '../support/ui/platform-story.js';
import { type Site, startSite } from '../support/ui/site.js';
import { World } from '../support/world.js';
import { letTimePass } from './passed-time.js';

const images = join(import.meta.dirname, '../../docs/images');
const LARGEST_BYTES = 200_000;

let site: Site;
let story: PlatformStory;
beforeAll(async () => {
  mkdirSync(images, { recursive: true });
  // Port 5000, since the commands on the pages name it.
  site = await startSite({ env: { BERTH_PORT: '5000' } });
  story = await tellPlatformStory(site, { bytesPerKilobyte: 1000 });
  const world = await World.open(site.berth.env.BERTH_DATABASE_URL!);
  await letTimePass(world);
  await world.close();
  const newPassword = 'a password that alice alone knows';
  await site
    .api(story.alice)
    .put('/me/password', { oldPassword: story.alice.password, newPassword })
    .expect(204);
  story.alice.password = newPassword;
});
afterAll(() => site?.stop());

const gateway = '/r/platform/api-gateway';
const pages = {
  home: '/',
  explore: '/explore',
  repository: gateway,
  tags: `${gateway}/-/tags`,
  tag: `${gateway}/-/tags/2.8.1`,
};

it.each(['light', 'dark'] as const)('takes the pictures in %s', async (colorScheme) => {
  const { page, ...alice } = await site.signedIn(story.alice, {
    colorScheme,
    viewport: { width: 1240, height: 780 },
  });
  for (const [name, path] of Object.entries(pages)) {
    expect(await alice.open(path)).toBe(200);
    await page.evaluate('document.fonts.ready.then(() => true)');
    const file = join(images, `${name}-${colorScheme}.png`);
    await page.screenshot({ path: file, caret: 'hide' });
    expect(statSync(file).size).toBeLessThan(LARGEST_BYTES);
  }
});
