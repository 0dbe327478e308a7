import { isExpired, isExpiringSoon } from '@/lib/access-tokens/expiry';
import { found, registryApi } from '@/lib/registry-api/client';
import type { AccessToken } from '@/lib/registry-api/types';
import { Chip } from '../chip/chip';
import { Link } from '../link/link';
import { Panel } from '../panel/panel';
import { Time } from '../time/time';

const MOST = 4;

/** The access tokens that stop working soon, so that no build fails by surprise. */
export async function ExpiringTokens() {
  const api = await registryApi();
  const { items } = await found(api.GET('/api/v1/access-tokens', { params: { query: { limit: '100' } } }));
  const now = new Date();
  const expiring = items
    .filter((token) => isExpiringSoon(token, now) && !isExpired(token, now))
    .slice(0, MOST);
  return (
    <Panel title="Access tokens">
      {expiring.length > 0 ? (
        <ul className="grid grid-cols-1 gap-2.5 text-[13.5px]">
          {expiring.map((token) => (
            <ExpiringToken key={token.id} token={token} />
          ))}
        </ul>
      ) : (
        <p className="text-[13.5px] text-ink-2">
          {items.length === 0 ? 'For docker login, CI and scripts: ' : 'None expires soon. '}
          <Link href="/settings/tokens">{items.length === 0 ? 'make one' : 'See all'}</Link>
        </p>
      )}
    </Panel>
  );
}

function ExpiringToken({ token }: { token: AccessToken }) {
  return (
    <li>
      <p>
        <Chip tone="warn">expires {token.expiresAt && <Time at={token.expiresAt} />}</Chip>{' '}
        <Link href="/settings/tokens">{token.name}</Link>
        {token.lastUsedAt && (
          <>
            , used <Time at={token.lastUsedAt} />
          </>
        )}
      </p>
    </li>
  );
}
