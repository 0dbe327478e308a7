import type { Metadata } from 'next';
import { Chip } from '@/components/chip/chip';
import { ActionForm } from '@/components/form/action-form';
import { SubmitButton } from '@/components/form/submit-button';
import { PageHead } from '@/components/page/page-head';
import { Pager } from '@/components/page/pager';
import { DataTable } from '@/components/table/data-table';
import { Time } from '@/components/time/time';
import { browserName } from '@/lib/format/browser-name';
import { type PageQuery, single } from '@/lib/page-query';
import { found, registryApi } from '@/lib/registry-api/client';
import { requireSignedIn } from '@/lib/registry-api/me';
import type { Session } from '@/lib/registry-api/types';
import { withQuery } from '@/lib/repository/links';
import { endOtherSessions, endSession } from '../actions';

export const metadata: Metadata = { title: 'Sessions' };

export default async function SessionsPage({ searchParams }: PageQuery) {
  await requireSignedIn();
  const cursor = single((await searchParams).cursor);
  const api = await registryApi();
  const { items, nextCursor } = await found(
    api.GET('/api/v1/sessions', { params: { query: { limit: '50', cursor } } }),
  );
  return (
    <>
      <PageHead title="Sessions">
        <p>
          Browsers in which you are signed in. End what you do not know, then change your password: all others
          end with it.
        </p>
      </PageHead>
      <DataTable label="Sessions">
        <thead>
          <tr>
            <th scope="col">Browser</th>
            <th scope="col">Address</th>
            <th scope="col">Begun</th>
            <th scope="col">Last used</th>
            <th scope="col">Change</th>
          </tr>
        </thead>
        <tbody>
          {items.map((session) => (
            <SessionRow key={session.id} session={session} />
          ))}
        </tbody>
      </DataTable>
      <Pager
        first={cursor ? '/settings/sessions' : undefined}
        next={nextCursor ? withQuery('/settings/sessions', { cursor: nextCursor }) : undefined}
      />
      {items.length > 1 && (
        <ActionForm action={endOtherSessions} className="mt-4 grid grid-cols-1 gap-3">
          <div>
            <SubmitButton kind="danger">End all other sessions</SubmitButton>
          </div>
        </ActionForm>
      )}
    </>
  );
}

function SessionRow({ session }: { session: Session }) {
  const browser = browserName(session.userAgent);
  return (
    <tr>
      <td title={session.userAgent ?? undefined}>
        {browser} {session.isCurrent && <Chip tone="on">this one</Chip>}
      </td>
      <td>{session.address ?? 'unknown'}</td>
      <td className="text-ink-2">
        <Time at={session.createdAt} />
      </td>
      <td className="text-ink-2">
        <Time at={session.lastUsedAt} />
      </td>
      <td>
        {!session.isCurrent && (
          <ActionForm
            action={endSession.bind(null, session.id)}
            className="grid grid-cols-1 justify-items-start gap-2"
          >
            <span>
              <SubmitButton isSmall kind="danger">
                End<span className="sr-only"> the session in {browser}</span>
              </SubmitButton>
            </span>
          </ActionForm>
        )}
      </td>
    </tr>
  );
}
