/**
 * @typedef {object} Question what one of the API's searches asks, and what kind of search it is
 * @property {string} kind
 * @property {string} q
 * @property {string} [sort]
 * @property {string} [platform]
 * @property {string} [type]
 * @property {string} [namespace]
 */

/** @param {string} kind @param {string[]} texts @returns {Question[]} */
const each = (kind, texts) => texts.map((q) => ({ kind, q }));

/** What people look for: mostly names, some of them mistyped; words that are everywhere are looked for seldom. */
export const searches = [
  ...each('a name', ['redis', 'postgres', 'nginx', 'grafana', 'keycloak', 'kafka', 'vault', 'traefik']),
  ...each('a name', ['jenkins', 'minio', 'airflow', 'debian']),
  ...each('a full name', ['team-3/redis', 'team-12/app', 'person-7/web', 'team-40/']),
  ...each('a beginning', ['post', 'prom', 'elastic', 'gra', 'ke']),
  ...each('a mistyped name', ['ngnix', 'postgers', 'grafna', 'kubernets', 'elasticsaerch']),
  ...each('words', ['web api', 'nginx proxy', 'postgres backup', 'payments worker']),
  ...each('a tag', ['nginx 1.2', 'redis alpine', '3.14', 'latest']),
  ...each('an odd text', ['sql', 'zzzzz', '!?']),
  { kind: 'everything', q: '' },
  { kind: 'everything', q: '', sort: 'updated' },
  { kind: 'everything', q: '', sort: 'pulls' },
  { kind: 'a filter', q: '', platform: 'linux/s390x' },
  { kind: 'a filter', q: '', namespace: 'team-3' },
  { kind: 'a name and filters', q: 'redis', platform: 'linux/arm64', type: 'image' },
  ...each('a frequent word', ['worker', 'app']),
];

/** Who asks: nobody known, a member of ten organizations, an admin. */
export const people = { anonymous: undefined, 'a user': 'person-7', 'an admin': 'person-1' };

/** Searches whose plans are recorded. */
export const recorded = [
  { title: 'A name', q: 'redis' },
  { title: 'A mistyped name', q: 'ngnix' },
  { title: 'A frequent word', q: 'app' },
  { title: 'Everything', q: '' },
];
