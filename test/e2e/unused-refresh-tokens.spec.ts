import { describe, expect, it } from 'vitest';
import { limits } from '../../apps/registry-api/src/limits.js';
import { UnusedRefreshTokens } from '../../apps/registry-api/src/token/unused-refresh-tokens.js';
import { alice, app, getToken, postToken, setUp, world } from './token-service.js';

describe('refresh tokens', () => {
  setUp();

  it('end when nobody has used them for long, and not while somebody does', async () => {
    const [unused, used, recent] = await Promise.all(
      [1, 2, 3].map(async () => (await getToken('?offline_token=true', alice)).body.refresh_token as string),
    );
    const days = limits.unusedRefreshTokenSeconds / (24 * 60 * 60);
    await world.sql(`UPDATE refresh_tokens SET created_at = now() - make_interval(days => $1)`, [days + 1]);
    const use = (refreshToken: string) =>
      postToken({ grant_type: 'refresh_token', refresh_token: refreshToken, service: app.host });
    expect((await use(used!)).status).toBe(200);
    await world.sql(
      `UPDATE refresh_tokens SET created_at = now() - make_interval(days => $1)
       WHERE id = (SELECT max(id) FROM refresh_tokens WHERE last_used_at IS NULL)`,
      [days - 1],
    );
    expect(await app.nest.get(UnusedRefreshTokens, { strict: false }).sweep()).toBe(1);
    const statuses = await Promise.all(
      [unused!, used!, recent!].map(async (token) => (await use(token)).status),
    );
    expect(statuses.sort()).toEqual([200, 200, 401]);
  });
});
