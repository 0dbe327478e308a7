import { LinkButton } from '@/components/button/link-button';
import { Empty } from '@/components/empty/empty';
import { signInHref, whoMayBeLooking } from '@/lib/registry-api/me';

/** Absent, and private to somebody else: one page for both, so that nobody learns which. */
export default async function NotFound() {
  const me = await whoMayBeLooking();
  return (
    <>
      <title>Not found · Berth</title>
      <h1 className="mb-4">There is nothing here</h1>
      <Empty title="This page does not exist, or you may not see it.">
        <p>
          {me
            ? 'Check the address, or ask whoever sent it to give you access.'
            : 'Check the address. If it is private, sign in with an account that may see it.'}
        </p>
        <p className="mt-1 flex gap-2">
          {!me && (
            <LinkButton href={await signInHref()} kind="primary">
              Sign in
            </LinkButton>
          )}
          <LinkButton href="/explore">Explore</LinkButton>
        </p>
      </Empty>
    </>
  );
}
