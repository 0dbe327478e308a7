import { isExpired, isExpiringSoon } from '@/lib/access-tokens/expiry';
import { scopeName } from '@/lib/access-tokens/scopes';
import { Chip } from '../chip/chip';
import { Time } from '../time/time';

const MOST_REPOSITORIES = 3;

export interface ShownCredential {
  readonly scopes: readonly string[];
  readonly repositories: readonly string[] | null;
  readonly expiresAt: string | null;
  readonly lastUsedAt: string | null;
  readonly lastUsedAddress: string | null;
}

/** The columns that access tokens and robots share. */
export function CredentialHeads() {
  return (
    <>
      <th scope="col">May</th>
      <th scope="col">Repositories</th>
      <th scope="col">Last used</th>
      <th scope="col">Expires</th>
    </>
  );
}

export function CredentialCells({ credential }: { credential: ShownCredential }) {
  return (
    <>
      <td>
        <span className="flex flex-wrap gap-1">
          {credential.scopes.map((scope) => (
            <Chip key={scope}>{scopeName(scope)}</Chip>
          ))}
        </span>
      </td>
      <td>
        <Repositories names={credential.repositories} />
      </td>
      <td className="text-ink-2">
        {credential.lastUsedAt ? <Time at={credential.lastUsedAt} /> : 'never'}
        {credential.lastUsedAddress && <div className="text-md text-ink-3">{credential.lastUsedAddress}</div>}
      </td>
      <td>
        <Expiry credential={credential} />
      </td>
    </>
  );
}

function Repositories({ names }: { names: readonly string[] | null }) {
  if (!names) return <span className="text-ink-2">all</span>;
  return (
    <>
      {names.slice(0, MOST_REPOSITORIES).map((name) => (
        <code className="block break-all" key={name}>
          {name}
        </code>
      ))}
      {names.length > MOST_REPOSITORIES && (
        <span className="text-sm text-ink-3" title={names.join(', ')}>
          and {names.length - MOST_REPOSITORIES} more
        </span>
      )}
    </>
  );
}

function Expiry({ credential }: { credential: ShownCredential }) {
  const now = new Date();
  const { expiresAt } = credential;
  if (!expiresAt) return <span className="text-ink-2">never</span>;
  if (isExpired(credential, now))
    return (
      <Chip tone="bad">
        expired <Time at={expiresAt} />
      </Chip>
    );
  if (isExpiringSoon(credential, now))
    return (
      <Chip tone="warn">
        <Time at={expiresAt} />
      </Chip>
    );
  return <Time at={expiresAt} />;
}
