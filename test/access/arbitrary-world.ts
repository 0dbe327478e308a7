import fc from 'fast-check';
import type { Asker, Grantee, Limits, Role, WorldModel } from './model.js';

const users = ['ann', 'bob', 'cid'];
const organizations = ['acme', 'ac_e'];
const teams = ['core', 'ops'];
const robots = ['ci', 'cd'];
/** `ac_e` matches `acme` for whoever forgets that `_` is a wildcard of LIKE. */
const repositories = ['acme/app', 'acme/deep/tool', 'ac_e/app', 'ann/site', 'bob/site'];
/** Each organization has one in trash. */
export const deletedRepository = (organization: string) => `${organization}/deleted`;
export const absentRepositories = [
  'acme/none',
  'ac_e/none',
  'ann/none',
  'nope/none',
  deletedRepository('acme'),
];

/** One in eight. */
function seldom(): fc.Arbitrary<boolean> {
  return fc.integer({ min: 0, max: 7 }).map((number) => number === 7);
}

const role = fc.constantFrom<Role>('reader', 'writer', 'maintainer', 'owner');
const scopes = fc.subarray(['repository:read', 'repository:write', 'repository:delete', 'admin']);
const limits: fc.Arbitrary<Limits> = fc.record({
  scopes,
  repositories: fc.option(fc.subarray([...repositories, 'acme/*', 'ac_e/*', 'ann/*'], { minLength: 1 })),
  isExpired: seldom(),
});

const grantee: fc.Arbitrary<Grantee> = fc.oneof(
  fc.constantFrom(...users).map((user) => ({ user })),
  fc.constantFrom(...teams).map((team) => ({ team })),
  fc.constantFrom(...robots).map((robot) => ({ robot })),
);

/** Small worlds, so that a failing one shrinks to the few lines that matter. */
export const arbitraryWorld: fc.Arbitrary<WorldModel> = fc
  .record({
    users: fc
      .tuple(
        ...users.map((name) =>
          fc.record({ name: fc.constant(name), isAdmin: seldom(), isDisabled: seldom() }),
        ),
      )
      .map((list) => list),
    organizations: fc
      .tuple(...organizations.map((name) => fc.record({ name: fc.constant(name), members: members() })))
      .map((list) => list),
    teams: fc
      .tuple(
        ...teams.map((name) =>
          fc.record({
            name: fc.constant(name),
            organization: fc.constant('acme'),
            members: fc.subarray(users),
          }),
        ),
      )
      .map((list) => list),
    robots: fc
      .tuple(
        ...robots.map((name, index) =>
          fc.record({ name: fc.constant(name), organization: fc.constant(organizations[index]!) }),
        ),
      )
      .chain((list) =>
        fc
          .array(limits, { minLength: list.length, maxLength: list.length })
          .map((all) => list.map((robot, index) => ({ ...robot, ...all[index]! }))),
      ),
    tokens: fc.array(
      fc
        .record({ owner: fc.constantFrom(...users), isRevoked: seldom() })
        .chain((token) => limits.map((limit) => ({ ...token, ...limit }))),
      { maxLength: 3 },
    ),
    repositories: fc
      .subarray(repositories)
      .chain((names) =>
        fc.tuple(...names.map((name) => fc.record({ name: fc.constant(name), isPublic: fc.boolean() }))),
      ),
    grants: fc.uniqueArray(fc.record({ repository: fc.constantFrom(...repositories), to: grantee, role }), {
      maxLength: 4,
      selector: ({ repository, to }) => `${repository} ${JSON.stringify(to)}`,
    }),
  })
  .map((world) => ({
    ...world,
    grants: world.grants.filter(({ repository }) =>
      world.repositories.some(({ name }) => name === repository),
    ),
  }));

export function askersOf(world: WorldModel): Asker[] {
  return [
    { kind: 'anonymous' },
    ...world.users.map(({ name }) => ({ kind: 'user', name }) as const),
    ...world.tokens.map((_, index) => ({ kind: 'token', index }) as const),
    ...world.robots.map((_, index) => ({ kind: 'robot', index }) as const),
  ];
}

function members(): fc.Arbitrary<Record<string, Role>> {
  return fc.dictionary(fc.constantFrom(...users), role, { maxKeys: 2 });
}
