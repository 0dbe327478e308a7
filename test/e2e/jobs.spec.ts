import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { JobRun } from '../../apps/registry-api/src/jobs/job.js';
import { JobRegistry } from '../../apps/registry-api/src/jobs/job-registry.js';
import { type Api, apiOf } from '../support/api.js';
import { startApp, type TestApp } from '../support/app.js';
import { eventually } from '../support/eventually.js';
import { World } from '../support/world.js';

/** A job that goes on until it is let go. */
class Gate {
  runs: JobRun[] = [];
  private open: (() => void)[] = [];
  failures = 0;

  async run(run: JobRun): Promise<Record<string, number>> {
    this.runs.push(run);
    if (this.failures > 0) {
      this.failures -= 1;
      throw new Error('it rains');
    }
    await new Promise<void>((resolve, reject) => {
      this.open.push(resolve);
      run.signal.addEventListener('abort', () => reject(run.signal.reason));
    });
    return { watered: 3 };
  }

  letGo(): void {
    for (const resolve of this.open.splice(0)) resolve();
  }
}

describe('jobs', () => {
  let first: TestApp;
  let admin: Api;
  let world: World;
  const gate = new Gate();

  beforeAll(async () => {
    first = await startApp({ env: { BERTH_JOBS: 'on' } });
    first.nest
      .get(JobRegistry)
      .declare({ name: 'plants', title: 'Waters the plants', run: (run) => gate.run(run) });
    admin = apiOf(first, first.admin);
    world = await World.open(first.databaseUrl);
  });
  beforeEach(() => {
    gate.runs = [];
  });
  afterEach(async () => {
    gate.letGo();
    await eventually('nothing runs', async () => (await plants()).current === null);
  });
  afterAll(async () => {
    await world.close();
    await first.close();
  });

  async function plants() {
    const { body } = await admin.get('/admin/jobs/plants').expect(200);
    return body;
  }

  it('are listed with their schedules', async () => {
    const { body } = await admin.get('/admin/jobs').expect(200);
    const names = body.items.map(({ name }: { name: string }) => name);
    expect(names).toEqual(
      expect.arrayContaining(['abandoned-uploads', 'audit-retention', 'expired-sign-ins', 'plants']),
    );
    const retention = body.items.find(({ name }: { name: string }) => name === 'audit-retention');
    expect(retention).toMatchObject({ schedule: '23 * * * *', current: null, last: null });
    expect(new Date(retention.nextAt).getTime()).toBeGreaterThan(Date.now());
    expect(new Date(retention.nextAt).getUTCMinutes()).toBe(23);
  });

  it('have their schedules in the database, once, whoever starts', async () => {
    const scheduled = await eventually('the schedules are written', async () => {
      const rows = await world.sql<{ key: string }>('SELECT key FROM pgboss.schedule ORDER BY key');
      return rows.length > 0 ? rows : undefined;
    });
    expect(scheduled.map(({ key }) => key)).toEqual(
      expect.arrayContaining(['abandoned-uploads', 'audit-retention', 'expired-sign-ins']),
    );
  });

  it('run now, one at a time, and say how far they are', async () => {
    const { body: queued } = await admin.post('/admin/jobs/plants/run').expect(202);
    expect(queued).toMatchObject({ job: 'plants', requestedBy: 'admin', state: 'queued' });
    await eventually('it runs', () => gate.runs.length === 1);
    gate.runs[0]!.report({ done: 2, total: 8, bytes: 20 });
    const { current } = await eventually('progress is seen', async () => {
      const seen = await plants();
      return seen.current?.progress.done === 2 && seen;
    });
    expect(current).toMatchObject({ state: 'running', progress: { done: 2, total: 8, bytes: 20 } });
    expect(current.progress.etaSeconds).toBeGreaterThanOrEqual(0);
    const { body: problem } = await admin.post('/admin/jobs/plants/run').expect(409);
    expect(problem.detail).toBe(
      'The job plants is queued or running already: wait for it, or cancel it first.',
    );
    gate.letGo();
    const { last } = await eventually('it is done', async () => {
      const seen = await plants();
      return seen.current === null && seen;
    });
    expect(last).toMatchObject({ id: queued.id, state: 'done', result: { watered: 3 }, error: null });
    expect(gate.runs).toHaveLength(1);
    const { body: runs } = await admin.get('/admin/jobs/plants/runs?limit=1').expect(200);
    expect(runs.items[0]).toEqual(last);
  });

  it('are cancelled', async () => {
    await admin.post('/admin/jobs/plants/run').expect(202);
    await eventually('it runs', () => gate.runs.length === 1);
    const { body } = await admin.post('/admin/jobs/plants/cancel').expect(202);
    expect(body.state).toBe('cancelling');
    await eventually('it is told', () => gate.runs[0]!.signal.aborted);
    const { last } = await eventually('it is cancelled', async () => {
      const seen = await plants();
      return seen.current === null && seen;
    });
    expect(last).toMatchObject({ state: 'cancelled', error: null });
    await admin.post('/admin/jobs/plants/cancel').expect(409);
  });

  it('that fail say why, and are tried again', async () => {
    gate.failures = 1;
    await admin.post('/admin/jobs/plants/run').expect(202);
    const { current } = await eventually('it has failed', async () => {
      const seen = await plants();
      return seen.current?.error && seen;
    });
    expect(current).toMatchObject({ state: 'queued', error: 'it rains' });
    await eventually('it is tried again', () => gate.runs.length === 2);
    gate.letGo();
    const { last } = await eventually('it is done', async () => {
      const seen = await plants();
      return seen.last?.id === current.id && seen;
    });
    expect(last).toMatchObject({ state: 'done', error: null });
  });

  it('are recorded', async () => {
    await admin.post('/admin/jobs/plants/run').expect(202);
    await admin.post('/admin/jobs/plants/cancel').expect(202);
    const { body } = await admin.get('/admin/audit?object=job:plants&limit=2').expect(200);
    expect(body.items.map(({ action }: { action: string }) => action)).toEqual(['job.cancel', 'job.run']);
  });

  it('unknown to Berth do not exist', async () => {
    for (const path of ['', '/runs']) await admin.get(`/admin/jobs/weeds${path}`).expect(404);
    for (const path of ['/run', '/cancel']) await admin.post(`/admin/jobs/weeds${path}`).expect(404);
  });

  it('do not hold up the end', async () => {
    const second = await startApp({ env: { BERTH_JOBS: 'on' } });
    const other = new Gate();
    second.nest.get(JobRegistry).declare({ name: 'plants', title: '…', run: (run) => other.run(run) });
    await apiOf(second, second.admin).post('/admin/jobs/plants/run').expect(202);
    await eventually('it runs', () => other.runs.length === 1);
    await second.close();
    expect(other.runs[0]!.signal.aborted).toBe(true);
  });
});
