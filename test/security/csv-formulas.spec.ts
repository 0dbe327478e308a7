import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apiOf } from '../support/api.js';
import { startApp, type TestApp } from '../support/app.js';
import { World } from '../support/world.js';

describe('CSV formulas', () => {
  let app: TestApp;
  let world: World;

  beforeAll(async () => {
    app = await startApp();
    world = await World.open(app.databaseUrl);
    await world.user('eve');
  });
  afterAll(async () => {
    await world.close();
    await app.close();
  });

  it.each(['=cmd|/C calc!A0', '+1+1', '-1+1', '@SUM(1)', '\t=1', '=HYPERLINK("http://evil")'])(
    'a label %j in an export is escaped, wherever it stands',
    async (label) => {
      const eve = apiOf(app, await world.accessToken('eve'));
      await world.sql('DELETE FROM audit_log');
      await eve.post('/access-tokens', { name: label.trim(), scopes: ['repository:read'] }).expect(201);
      await eve.post('/users', { username: label, password: 'correct horse battery' }).expect(403);
      await world.sql(
        `INSERT INTO audit_log (actor, credential, address, action, object, result)
         VALUES ($1, $1, $1, 'label.try', $1, 'done')`,
        [label],
      );
      const admin = apiOf(app, await world.accessToken('admin'));
      const { text } = await admin.get('/admin/audit?format=csv').expect(200);
      const lines = text.trimEnd().split('\r\n').slice(1);
      expect(lines).toHaveLength(3);
      for (const line of lines) {
        // A comma outside of quotation marks ends a cell.
        for (const cell of line.split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/))
          expect([line, cell.replace(/^"/, '')]).toEqual([line, expect.not.stringMatching(/^[=+\-@\t\r]/)]);
      }
      expect(text).toContain(`'${label.replaceAll('"', '""')}`);
    },
  );
});
