/**
 * Ten manifests and tags a repository, one blob each; an access token, a session and a robot for each account. One
 * repository, `org77/app77`, has very many tags.
 */
export const sizes = {
  accounts: 5_000,
  organizations: 2_000,
  repositories: 20_000,
  manifests: 200_000,
  blobs: 20_000,
  tagsOfOne: 100_000,
};

/** @param {import('pg').Client} client a migrated, empty database */
export async function seed(client) {
  const { accounts, organizations, repositories, manifests, blobs, tagsOfOne } = sizes;
  const steps = [
    `INSERT INTO namespaces (name, kind) SELECT 'org' || n, 'organization' FROM generate_series(0, ${organizations - 1}) n`,
    ...accountsOf(accounts),
    `INSERT INTO repositories (namespace_id, name, visibility, description)
     SELECT id, 'org' || n % ${organizations} || '/app' || n, CASE WHEN n % 3 = 0 THEN 'private' ELSE 'public' END, 'Service number ' || n
     FROM generate_series(0, ${repositories - 1}) n JOIN namespaces ON namespaces.name = 'org' || n % ${organizations} ORDER BY n`,
    ...grantsOf(accounts),
    `INSERT INTO blobs (digest, size_bytes, storage_key)
     SELECT 'sha256:b' || lpad(n::text, 63, '0'), 1000 + n, 'key' || n FROM generate_series(0, ${blobs - 1}) n`,
    `INSERT INTO repository_blobs (repository_id, blob_id)
     SELECT repository.id, blob.id FROM generate_series(0, ${blobs - 1}) n
     JOIN repositories repository ON repository.name = 'org' || n % ${organizations} || '/app' || n
     JOIN blobs blob ON blob.digest = 'sha256:b' || lpad(n::text, 63, '0')`,
    `INSERT INTO manifests (repository_id, digest, media_type, artifact_kind, size_bytes, bytes)
     SELECT repository.id, 'sha256:a' || lpad((n * 10 + k)::text, 63, '0'), 'application/vnd.oci.image.manifest.v1+json', 'image', 1500,
       convert_to(repeat('x', 1500), 'UTF8')
     FROM generate_series(0, ${repositories - 1}) n CROSS JOIN generate_series(0, ${manifests / repositories - 1}) k
     JOIN repositories repository ON repository.name = 'org' || n % ${organizations} || '/app' || n`,
    `INSERT INTO tags (repository_id, name, manifest_id)
     SELECT repository_id, 'v' || row_number() OVER (PARTITION BY repository_id ORDER BY id) - 1, id FROM manifests`,
    `INSERT INTO tags (repository_id, name, manifest_id)
     SELECT repository_id, 'build-' || n, id FROM manifests CROSS JOIN generate_series(1, ${tagsOfOne}) n
     WHERE digest = 'sha256:a' || lpad('770', 63, '0')`,
    'VACUUM ANALYZE',
  ];
  for (const step of steps) await client.query(step);
}

/** @param {number} count */
function accountsOf(count) {
  return [
    `INSERT INTO namespaces (name, kind) SELECT 'user' || n, 'user' FROM generate_series(1, ${count}) n`,
    `INSERT INTO users (username, namespace_id) SELECT name, id FROM namespaces WHERE kind = 'user'`,
    `INSERT INTO namespace_members (namespace_id, user_id, role) SELECT namespace_id, id, 'owner' FROM users`,
    `INSERT INTO access_tokens (user_id, name, prefix, secret_hash, scopes)
     SELECT id, 'ci', 'berth_pat_', sha256(username::bytea), '{repository:read}' FROM users`,
    `INSERT INTO sessions (user_id, secret_hash, credentials_version, expires_at)
     SELECT id, sha256(username::bytea), 1, now() + interval '1 day' FROM users`,
    `INSERT INTO robots (namespace_id, name, prefix, secret_hash, scopes)
     SELECT namespace_id, 'ci', 'berth_robot_', sha256(username::bytea), '{repository:read}' FROM users`,
  ];
}

/** @param {number} accounts */
function grantsOf(accounts) {
  return [
    `INSERT INTO teams (namespace_id, name) SELECT id, 'core' FROM namespaces WHERE kind = 'organization'`,
    `INSERT INTO team_members (team_id, user_id) SELECT team.id, account.id FROM teams team
     JOIN users account ON account.id % 10 = team.id % 10 WHERE account.id <= ${accounts / 10}`,
    `INSERT INTO repository_grants (repository_id, user_id, role)
     SELECT id, 1 + id % ${accounts}, 'reader' FROM repositories WHERE id % 2 = 0`,
    `INSERT INTO repository_grants (repository_id, team_id, role)
     SELECT repository.id, (SELECT min(id) FROM teams) + repository.id % 2000, 'writer' FROM repositories repository`,
  ];
}
