import { configDefaults, defineConfig } from 'vitest/config';

/** One tier of tests. `npm test` runs them one by one and prints each one's seconds. */
interface Tier {
  name: string;
  include: string[];
  /** Starts what the tier's tests share (Postgres, the store, the app) and stops it. */
  globalSetup?: string[];
  /** Longest one test may take. A deadline, never an expectation. */
  timeoutSeconds: number;
  /** Whether the files of the tier may run side by side. */
  isParallel?: boolean;
  /** Whether a process loads the application once for all files it runs, instead of once for each: 2 to 4 s. */
  sharesModules?: boolean;
  exclude?: string[];
}

/** Tests that put something in the place of a module (`vi.mock`), which must not have been loaded before. */
const isolated = 'test/{access,e2e,security}/**/*.isolated.spec.ts';

const tiers: Tier[] = [
  {
    name: 'unit',
    include: ['apps/*/src/**/*.spec.ts', 'libs/{oci,auth}/src/**/*.spec.ts', 'scripts/**/*.spec.ts'],
    timeoutSeconds: 30,
  },
  { name: 'contract', include: ['libs/storage/src/**/*.spec.ts'], timeoutSeconds: 300 },
  {
    name: 'http',
    include: ['test/{access,e2e,security}/**/*.spec.ts'],
    exclude: [isolated],
    globalSetup: ['test/support/global-setup.ts'],
    timeoutSeconds: 60,
    sharesModules: true,
  },
  {
    name: 'http-isolated',
    include: [isolated],
    globalSetup: ['test/support/global-setup.ts'],
    timeoutSeconds: 60,
  },
  {
    name: 'cli',
    include: ['test/cli/**/*.spec.ts'],
    globalSetup: ['test/support/global-setup.ts'],
    timeoutSeconds: 180,
    isParallel: false,
  },
  { name: 'start', include: ['test/start/**/*.spec.ts'], timeoutSeconds: 180, isParallel: false },
  {
    name: 'ui',
    include: ['test/ui/**/*.spec.ts'],
    globalSetup: ['test/support/global-setup.ts', 'test/support/ui/global-setup.ts'],
    timeoutSeconds: 240,
    isParallel: false,
  },
  {
    name: 'screenshots', // no tests: `npm run screenshots` takes the pictures of the README
    include: ['test/screenshots/**/*.shots.ts'],
    globalSetup: ['test/support/global-setup.ts', 'test/support/ui/global-setup.ts'],
    timeoutSeconds: 240,
    isParallel: false,
  },
  {
    name: 'conformance',
    include: ['test/conformance/**/*.spec.ts'],
    globalSetup: ['test/support/global-setup.ts'],
    timeoutSeconds: 600,
    isParallel: false,
  },
  {
    name: 'clients',
    include: ['test/clients/**/*.spec.ts'],
    globalSetup: ['test/support/global-setup.ts'],
    timeoutSeconds: 600,
    isParallel: false,
  },
  { name: 'compose', include: ['test/compose/**/*.spec.ts'], timeoutSeconds: 900, isParallel: false },
  {
    name: 'memory',
    include: ['test/memory/**/*.spec.ts'],
    globalSetup: ['test/support/global-setup.ts'],
    timeoutSeconds: 1200,
    isParallel: false,
  },
  {
    name: 'reliability',
    include: ['test/reliability/**/*.spec.ts'],
    globalSetup: ['test/support/global-setup.ts'],
    timeoutSeconds: 1200,
    isParallel: false,
  },
];

/** Files that the machine lacks something for, found by `npm test` and named in its report; comma separated. */
const unrunnable = (process.env.BERTH_TEST_EXCLUDED_FILES ?? '').split(',').filter((file) => file !== '');
const ignored = [...configDefaults.exclude, '**/dist/**', 'data/**', ...unrunnable];

export default defineConfig({
  test: {
    projects: tiers.map((tier) => ({
      resolve: { tsconfigPaths: true },
      test: {
        name: tier.name,
        include: tier.include,
        exclude: [...ignored, ...(tier.exclude ?? [])],
        setupFiles: ['test/support/setup.ts'],
        globalSetup: tier.globalSetup ?? [],
        testTimeout: tier.timeoutSeconds * 1000,
        hookTimeout: tier.timeoutSeconds * 1000,
        fileParallelism: tier.isParallel ?? true,
        pool: 'forks' as const,
        isolate: !tier.sharesModules,
        passWithNoTests: false,
      },
    })),
  },
});
