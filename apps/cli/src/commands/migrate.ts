import { migrate } from '../../../registry-api/src/migrate.js';
import type { AddCommand } from './index.js';

export const addMigrate: AddCommand = (program, cli) => {
  program
    .command('migrate')
    .description('brings the schema of the database up to this program')
    .action(async () => {
      const { output, databaseUrl } = cli();
      const { applied } = await migrate(await databaseUrl());
      output.result({ applied }, () =>
        applied.length > 0 ? applied.join('\n') : 'The schema is up to date.',
      );
    });
};
