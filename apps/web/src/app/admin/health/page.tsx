import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { Chip } from '@/components/chip/chip';
import { Link } from '@/components/link/link';
import { Notice } from '@/components/notice/notice';
import { Facts } from '@/components/page/facts';
import { PageHead } from '@/components/page/page-head';
import { Panel } from '@/components/panel/panel';
import { isAnonymousPullAllowed, isSignupOpen, publicUrl } from '@/lib/env';
import { readReadiness } from '@/lib/registry-api/readiness';
import { requireAdmin } from '@/lib/registry-api/require-admin';

export const metadata: Metadata = { title: 'Health' };

const names: Readonly<Record<string, string>> = { database: 'Postgres', store: 'Blob store' };

export default async function HealthPage() {
  await requireAdmin();
  const { isReady, parts } = await readReadiness();
  const usedHost = await hostOfRequest();
  return (
    <div className="max-w-[640px]">
      <PageHead title="Health" />
      <div className="mt-3 grid grid-cols-1 gap-4">
        {isReady ? (
          <Notice tone="good">Everything that Berth needs can be reached.</Notice>
        ) : (
          <Notice tone="bad">Something that Berth needs cannot be reached: the log says why.</Notice>
        )}
        {usedHost && usedHost !== publicUrl.host ? (
          <Notice tone="bad">
            You have come by <code>{usedHost}</code>, but clients are sent to <code>{publicUrl.origin}</code>{' '}
            for their tokens. Set <code>BERTH_PUBLIC_URL</code> to the address that clients use; if a proxy
            stands in between, let it pass the Host header on.
          </Notice>
        ) : null}
        <Panel title="Parts">
          <Facts
            facts={parts.map(([name, state]) => [
              names[name] ?? name,
              <Chip key={name} tone={state === 'reachable' ? 'good' : 'bad'}>
                {state}
              </Chip>,
            ])}
          />
        </Panel>
        <Panel title="Settings">
          <Facts
            facts={[
              ['Address', <code key="address">{publicUrl.origin}</code>],
              ['Without an account', isAnonymousPullAllowed ? 'public images can be pulled' : 'nothing'],
              ['New accounts', isSignupOpen ? 'anybody makes their own' : 'admins make them'],
            ]}
          />
        </Panel>
        <Panel title="Look closer">
          <ul className="list-disc pl-5 text-[13.5px]">
            <li>
              <a href="/metrics">Metrics for Prometheus</a>
            </li>
            <li>
              <Link href="/admin/audit?result=refused">What was refused</Link>
            </li>
            <li>
              <Link href="/admin/tokens?expired=true">Access tokens that have expired</Link>
            </li>
          </ul>
        </Panel>
      </div>
    </div>
  );
}

/** The address in the browser, as the API has passed it on. */
async function hostOfRequest(): Promise<string | null> {
  const received = await headers();
  return received.get('x-forwarded-host') ?? received.get('host');
}
