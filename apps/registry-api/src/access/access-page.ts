import { type AccessFacts, type Role, roles } from './access-facts.js';
import {
  type Action,
  actions,
  allows,
  allowsInNamespace,
  mayCreate,
  mayCreatePublic,
  type NamespaceAction,
  namespaceActions,
  namespaceScopesNeeded,
  scopeNeeded,
} from './policy.js';

/** One column of the tables: somebody, without a narrowed credential. */
interface Asker {
  readonly title: string;
  readonly facts: AccessFacts;
}

const member = { kind: 'user', id: '1', username: 'member', isAdmin: false } as const;
const common = {
  isWithinLimits: true,
  credentialName: 'password',
  namespace: { id: '1', kind: 'organization', isDeleted: false },
} as const;

const askers: readonly Asker[] = [
  { title: 'nobody', facts: { ...common, principal: { kind: 'anonymous' } } },
  { title: 'any account', facts: { ...common, principal: member } },
  ...roles.map((role: Role) => ({ title: role, facts: { ...common, principal: member, role } })),
  { title: 'admin', facts: { ...common, principal: { ...member, isAdmin: true } } },
];

const repositoryActions: Readonly<Record<Action, string>> = {
  pull: 'pull, find, list',
  push: 'push, move tags',
  delete: 'delete tags, manifests, blobs, and the repository',
  manage: 'change description and README',
  administer: 'change visibility; grant roles on it',
};

const inNamespace: Readonly<Record<NamespaceAction, string>> = {
  view: 'see its description and the own role',
  inspect: 'see its members and teams',
  restore: 'see, restore and purge repositories that were deleted from it',
  administer: 'change it, its members, teams and robots; delete and restore it',
};

/** `docs/access.md`: who may do what, as the policy decides it. */
export function accessPage(): string {
  return [
    '# Who may do what',
    '',
    ...introduction,
    '',
    '## A repository',
    '',
    ...table(
      actions.map((action) => [
        `\`${action}\``,
        repositoryActions[action],
        ...askers.map(({ facts }) => mark(facts, action)),
        `\`${scopeNeeded[action]}\``,
      ]),
    ),
    '',
    '✓ on every one · public: on public ones only. With `BERTH_ANONYMOUS=none` nobody without an account sees anything.',
    'The last column is the scope that an access token or robot must have for it.',
    '',
    '## A namespace',
    '',
    ...table([
      ...namespaceActions.map((action) => [
        `\`${action}\``,
        inNamespace[action],
        ...askers.map(({ facts }) => tick(allowsInNamespace(facts, action))),
        namespaceScopesNeeded[action].map((scope) => `\`${scope}\``).join(' or '),
      ]),
      [
        'create',
        'make a repository in it, also by a push',
        ...askers.map(({ facts }) => tick(mayCreate(facts))),
        `\`${scopeNeeded.push}\``,
      ],
      [
        'create public',
        'the same, public from the start',
        ...askers.map(({ facts }) => tick(mayCreatePublic(facts))),
        `\`${scopeNeeded.push}\` and \`${scopeNeeded.administer}\``,
      ],
    ]),
    '',
    'With `BERTH_DEFAULT_VISIBILITY=public` whoever may create may create public ones.',
    '',
    ...rules,
    '',
    'This page is made from `apps/registry-api/src/access/policy.ts` by `npm run generate`.',
    '',
  ].join('\n');
}

const introduction = [
  'What a request may do is what the roles of its sender allow **now**, and of that only what the credential allows',
  'that it is sent with. Nothing of it is cached: what is given counts at the next request, and so does what is taken.',
  '',
  'Roles are held in a namespace, by its members, and on single repositories, by grants to users, teams and robots;',
  'the stronger one counts. A robot acts as a maintainer of its namespace. An admin of the instance may do everything.',
];

const rules = [
  '## Rules',
  '',
  '- **Private means absent.** What one may not pull answers exactly as what does not exist, everywhere.',
  '- **A namespace** shows itself to its members and admins. Others see its bare name, and only while they see a',
  '  repository in it. Members and teams are never shown to others.',
  '- **Names** of users and organizations are one space, cannot be changed, and are never given out again.',
  '- **An organization** keeps at least one owner. Of a namespace that is the own one of a user, that user stays an',
  '  owner. `library` belongs to the instance: admins act as its owners.',
  '- **What is deleted** is absent for everybody, and in trash for who may restore it: what was deleted from a repository',
  '  for who may delete there, repositories for maintainers of their namespace, namespaces for their owners.',
  '- **A member** who leaves or is removed loses the teams of the namespace, and the grants on its repositories, too.',
  '- **A team** is made of members of its namespace, and deleted with its grants.',
  '- **A limit to repositories** keeps an access token or robot from everything else: it administers no namespace, no',
  '  account and no instance.',
  '- **What an access token makes** (other tokens, robots) gets none but its own scopes, stays within its limits and',
  '  ends no later. See [access tokens and robots](access-tokens.md).',
];

function table(rows: readonly (readonly string[])[]): string[] {
  const head = ['', '', ...askers.map(({ title }) => title), 'scope'];
  const lines = [head, head.map((_title, index) => (index < 2 ? '---' : ':-:')), ...rows];
  return lines.map((cells) => `| ${cells.join(' | ')} |`);
}

function mark(facts: AccessFacts, action: Action): string {
  const on = (isPublic: boolean) =>
    allows({ ...facts, repository: { id: '1', isPublic } }, action, { isAnonymousPullAllowed: true });
  if (on(false)) return '✓';
  return on(true) ? 'public' : '';
}

function tick(isAllowed: boolean): string {
  return isAllowed ? '✓' : '';
}
