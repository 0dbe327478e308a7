import { revokeAccessToken, rotateAccessToken } from '@/app/settings/tokens/actions';
import { isExpired } from '@/lib/access-tokens/expiry';
import { publicUrl } from '@/lib/env';
import type { AccessToken } from '@/lib/registry-api/types';
import { ConfirmButton } from '../dialog/confirm-button';
import { CredentialCells, CredentialHeads } from '../secret/credential-cells';
import { PreviousEnd } from '../secret/previous-end';
import { RotateButton } from '../secret/rotate-button';
import { DataTable } from '../table/data-table';

/** One's own access tokens. */
export function TokenTable({ tokens }: { tokens: readonly AccessToken[] }) {
  return (
    <DataTable label="Access tokens">
      <thead>
        <tr>
          <th scope="col">Name</th>
          <CredentialHeads />
          <th scope="col">Change</th>
        </tr>
      </thead>
      <tbody>
        {tokens.map((token) => (
          <TokenRow key={token.id} token={token} />
        ))}
      </tbody>
    </DataTable>
  );
}

function TokenRow({ token }: { token: AccessToken }) {
  const { id, name, prefix, previousExpiresAt } = token;
  const isOver = isExpired(token, new Date());
  return (
    <tr>
      <td className="min-w-[110px]">
        <b>
          <bdi>{name}</bdi>
        </b>
        <div className="text-md text-ink-3">
          <code>{prefix}…</code>
        </div>
        <PreviousEnd at={previousExpiresAt} />
      </td>
      <CredentialCells credential={token} />
      <td>
        <span className="flex flex-wrap gap-1.5">
          <RotateButton action={rotateAccessToken.bind(null, id, name)} host={publicUrl.host} name={name} />
          <ConfirmButton
            action={revokeAccessToken.bind(null, id)}
            confirm={isOver ? 'Remove' : 'Revoke'}
            label={isOver ? 'Remove' : 'Revoke'}
            of={name}
            title={`${isOver ? 'Remove' : 'Revoke'} ${name}?`}
          >
            <p>
              {isOver
                ? 'It has expired already.'
                : 'What signs in with it is refused from then on, for good.'}
            </p>
          </ConfirmButton>
        </span>
      </td>
    </tr>
  );
}
