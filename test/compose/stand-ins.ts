import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeStandIns, standInArchive } from '../../scripts/tools/stand-ins.mjs';
import { toolPath } from '../../scripts/tools/tools.mjs';
import { run } from '../support/program.js';
import type { ComposeEngine } from './engine.js';

const root = join(import.meta.dirname, '../..');

/** What `postgres:17` does at its first start, by Debian's Postgres. */
const postgresEntrypoint = `#!/bin/sh
set -eu
as_postgres() { setpriv --reuid postgres --regid postgres --clear-groups "$@"; }
chown postgres:postgres "$PGDATA"
chmod 700 "$PGDATA"
if [ ! -s "$PGDATA/PG_VERSION" ]; then
  printf %s "$POSTGRES_PASSWORD" >/tmp/password
  chmod 644 /tmp/password
  as_postgres initdb --pgdata "$PGDATA" --username "$POSTGRES_USER" --pwfile /tmp/password --auth scram-sha-256 --no-sync
  echo 'host all all all scram-sha-256' >>"$PGDATA/pg_hba.conf"
  echo "CREATE DATABASE $POSTGRES_DB" | as_postgres postgres --single -D "$PGDATA" postgres
fi
exec setpriv --reuid postgres --regid postgres --clear-groups postgres -D "$PGDATA" -h 0.0.0.0 -k /tmp
`;

const minioEntrypoint = '#!/bin/sh\nexec minio "$@"\n';

/** What the health check of the override asks by Alpine's `nc -z ADDRESS PORT`. */
const netcat = '#!/bin/bash\nexec 3<>"/dev/tcp/$2/$3"\n';

/** Gives the engine images under the names that the compose files and Dockerfiles use, since none can be pulled. */
export async function makeStandInImages(engine: ComposeEngine): Promise<void> {
  makeStandIns();
  await engine.docker('import', standInArchive('base'), 'debian:bookworm-slim');
  await engine.docker('import', standInArchive('services'), 'stand-in:services');
  await build(engine, 'postgres:17-bookworm', { 'entrypoint.sh': postgresEntrypoint }, [
    'ENV PATH=/usr/lib/postgresql/15/bin:/usr/sbin:/usr/bin:/sbin:/bin PGDATA=/var/lib/postgresql/data',
    'COPY entrypoint.sh /entrypoint.sh',
    'VOLUME /var/lib/postgresql/data',
    'ENTRYPOINT ["sh", "/entrypoint.sh"]',
  ]);
  const minio = await composeImage('store', 'docker-compose.yml');
  await build(engine, minio, { 'entrypoint.sh': minioEntrypoint, minio: toolPath('minio') }, [
    'COPY minio /usr/bin/minio',
    'COPY entrypoint.sh /entrypoint.sh',
    'ENTRYPOINT ["sh", "/entrypoint.sh"]',
  ]);
  await build(engine, 'caddy:2', {}, ['ENV XDG_DATA_HOME=/data XDG_CONFIG_HOME=/config']);
}

/** The image that deploy/compose.versitygw.yml puts in MinIO's place. */
export async function makeVersitygwImage(engine: ComposeEngine): Promise<void> {
  const tag = await composeImage('store', 'deploy/compose.versitygw.yml');
  await build(engine, tag, { nc: netcat, versitygw: toolPath('versitygw') }, [
    'COPY nc versitygw /usr/bin/',
    'RUN chmod 755 /usr/bin/nc && mkdir /data',
    'ENTRYPOINT ["versitygw"]',
  ]);
}

/** Builds an image of Berth by the last stage of its Dockerfile, from files that its script has laid out here. */
export async function buildBerthImage(
  engine: ComposeEngine,
  { file, parts, tag }: { file: string; parts: 'registry-api' | 'web' | 'all'; tag: string },
): Promise<void> {
  const directory = join(engine.directory, `built-${parts}`);
  await mkdir(directory);
  await run(process.execPath, ['scripts/image/assemble.mjs', parts, join(directory, 'out')], { cwd: root });
  await writeFile(join(directory, 'Dockerfile'), 'FROM scratch\nCOPY out /out\n');
  await engine.docker('build', '--quiet', '--tag', `built:${parts}`, directory);
  const dockerfile = await readFile(join(root, file), 'utf8');
  const lastStage = dockerfile.replace(/^FROM node:[\s\S]*?(?=^FROM \$\{BUILT\})/m, '');
  const context = join(engine.directory, `context-${parts}`);
  await mkdir(context);
  await writeFile(join(context, 'Dockerfile'), lastStage);
  await engine.docker('build', '--quiet', '--build-arg', `BUILT=built:${parts}`, '--tag', tag, context);
}

/** `files`: content, or the path of a program. */
async function build(
  engine: ComposeEngine,
  tag: string,
  files: Record<string, string>,
  lines: string[],
): Promise<void> {
  const context = join(engine.directory, `stand-in-${tag.replace(/\W+/g, '-')}`);
  await mkdir(context);
  for (const [name, content] of Object.entries(files)) {
    if (content.startsWith('/')) await cp(content, join(context, name));
    else await writeFile(join(context, name), content);
  }
  await writeFile(join(context, 'Dockerfile'), ['FROM stand-in:services', ...lines, ''].join('\n'));
  await engine.docker('build', '--quiet', '--tag', tag, context);
}

/** The image of a service, as a compose file names it. */
async function composeImage(service: string, file: string): Promise<string> {
  const content = await readFile(join(root, file), 'utf8');
  const image = new RegExp(`^  ${service}:\\n    image: (\\S+)$`, 'm').exec(content)?.[1];
  if (!image) throw new Error(`${file} has no image for ${service}`);
  return image;
}
