import type { DataSource } from 'typeorm';

/** Gives Postgres 15 the function of 16 that a migration asks for; after an upgrade the server's own one is found first. */
export async function completePostgres15(dataSource: DataSource): Promise<void> {
  const [version] = await dataSource.query<{ number: number }[]>(
    `SELECT current_setting('server_version_num')::int AS number`,
  );
  if (version && version.number >= 160_000) return;
  await dataSource.query(`
    CREATE OR REPLACE FUNCTION public.pg_input_is_valid(given text, type_name text) RETURNS boolean
    LANGUAGE plpgsql STABLE STRICT AS $$
    BEGIN
      EXECUTE format('SELECT %L::%s', given, type_name::regtype);
      RETURN true;
    EXCEPTION WHEN data_exception THEN
      RETURN false;
    END $$`);
}
