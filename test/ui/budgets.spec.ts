// needs: chromium
import { globSync } from 'node:fs';
import { join, sep } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeHardCases } from '../support/ui/hard-cases.js';
import { type Measurement, measure } from '../support/ui/measure.js';
import { type PlatformStory, tellPlatformStory } from '../support/ui/platform-story.js';
import { type Site, startSite } from '../support/ui/site.js';
import type { Visitor } from '../support/ui/visitor.js';
import { type MeasuredPage, measuredPages } from './pages.js';

const SCRIPT_BYTES = 155_000;
const STYLE_BYTES = 15_000;

/** Sixty pages, on a machine that does much else. */
const LONGEST_MILLISECONDS = 900_000;

let site: Site;
let story: PlatformStory;
let pages: MeasuredPage[];
beforeAll(async () => {
  site = await startSite({ env: { BERTH_SIGNUP: 'open' } });
  story = await tellPlatformStory(site, { bytesPerKilobyte: 1 });
  pages = measuredPages(await makeHardCases(site));
});
afterAll(() => site?.stop());

it('measures every page that there is', () => {
  const app = join(import.meta.dirname, '../../apps/web/src/app');
  const routes = globSync('**/page.tsx', { cwd: app }).map(
    (file) => `/${file.split(sep).slice(0, -1).join('/')}`,
  );
  const missed = routes.filter(
    (route) => !pages.some(({ path }) => patternOf(route).test(path.split('?')[0]!)),
  );
  expect(missed).toEqual([]);
});

it(
  'keeps every page within its budget',
  async () => {
    const people = await everybody();
    const measured: [MeasuredPage, Measurement][] = [];
    for (const page of pages) measured.push([page, await measure(people[page.as], page.path)]);
    console.log(tableOf(measured));
    expect(measured.flatMap(([page, measurement]) => excessesOf(page, measurement))).toEqual([]);
  },
  LONGEST_MILLISECONDS,
);

/** Whether a path is one that a folder of routes answers: `/n/[namespace]` matches `/n/platform`. */
function patternOf(route: string): RegExp {
  const pattern = route
    .replace(/\/$/, '')
    .replace(/\[\.{3}[^\]]+\]/g, '.+')
    .replace(/\[[^\]]+\]/g, '[^/]+');
  return new RegExp(`^${pattern || '/'}$`);
}

async function everybody(): Promise<Record<MeasuredPage['as'], Visitor>> {
  const [anonymous, user, admin] = await Promise.all([
    site.visitor(),
    site.signedIn(story.alice),
    site.signedIn(site.berth.admin),
  ]);
  return { anonymous, user, admin };
}

/** What is over the budget or wrong, one line each. */
function excessesOf({ as, path, status = 200 }: MeasuredPage, measured: Measurement): string[] {
  const limits: [string, number, number][] = [
    ['bytes of JavaScript', measured.scriptBytes, SCRIPT_BYTES],
    ['bytes of CSS', measured.styleBytes, STYLE_BYTES],
    ['of layout shift', measured.layoutShift, 0],
    ['pixels wider than 320', measured.sidewaysPixels, 0],
  ];
  return [
    ...(measured.status === status ? [] : [`answered ${measured.status} instead of ${status}`]),
    ...limits.filter(([, value, limit]) => value > limit).map(([what, value]) => `${value} ${what}`),
    ...measured.violations,
    ...measured.problems,
  ].map((line) => `${path.slice(0, 60)} as ${as}: ${line}`);
}

function tableOf(rows: [MeasuredPage, Measurement][]): string {
  const heading = ['page', 'as', 'JS KB', 'CSS KB', 'CLS', 'axe', 'problems', '320 px', 'LCP ms'];
  const lines = rows.map(([{ as, path }, measured]) => [
    path.length > 52 ? `${path.slice(0, 51)}…` : path,
    as,
    (measured.scriptBytes / 1000).toFixed(1),
    (measured.styleBytes / 1000).toFixed(1),
    measured.layoutShift.toFixed(3),
    String(measured.violations.length),
    String(measured.problems.length),
    measured.sidewaysPixels === 0 ? 'fits' : `+${measured.sidewaysPixels}`,
    measured.largestPaintMilliseconds.toFixed(0),
  ]);
  const widths = heading.map((_, column) =>
    Math.max(...[heading, ...lines].map((line) => line[column]!.length)),
  );
  const print = (line: string[]) =>
    line
      .map((cell, column) => (column < 2 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!)))
      .join('  ');
  return ['Every page, in light and dark', print(heading), ...lines.map(print)].join('\n');
}
