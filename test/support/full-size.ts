/** Whether `npm run test:full` runs: everything at full size. */
export const isFullSize = process.env.BERTH_TEST_FULL === '1';
