import { signOut } from '@/app/login/actions';
import { isSignupOpen } from '@/lib/env';
import type { Me } from '@/lib/registry-api/types';
import { Link } from '../link/link';
import { MenuPopover } from './menu-popover';

const item = 'block w-full px-4 py-1.5 text-left text-ink hover:bg-sunk hover:no-underline';

/** The menu behind the account's letter; on narrow screens it also holds what the bar has no room for. */
export function AccountMenu({ me }: { me: Me | undefined }) {
  return (
    <MenuPopover id="account-menu">
      {me && <p className="border-b border-line px-4 pb-2 font-semibold">{me.username}</p>}
      <ul className="border-b border-line py-1 min-[860px]:hidden">
        <Entry href="/explore">Explore</Entry>
        {me && <Entry href="/new">New repository</Entry>}
        {me?.isAdmin && <Entry href="/admin">Admin</Entry>}
      </ul>
      {me ? <OwnPages username={me.username} /> : <VisitorPages />}
    </MenuPopover>
  );
}

function OwnPages({ username }: { username: string }) {
  return (
    <>
      <ul className="border-b border-line py-1">
        <Entry href={`/n/${username}`}>My namespace</Entry>
        <Entry href="/trash">Trash</Entry>
        <Entry href="/settings/profile">Profile</Entry>
        <Entry href="/settings/tokens">Access tokens</Entry>
        <Entry href="/settings/sessions">Sessions</Entry>
        <Entry href="/help">Help</Entry>
        <Entry href="/api">API reference</Entry>
      </ul>
      <form action={signOut} className="pt-1">
        <button className={item} type="submit">
          Sign out
        </button>
      </form>
    </>
  );
}

function VisitorPages() {
  return (
    <ul className="pt-1">
      <Entry href="/login">Sign in</Entry>
      {isSignupOpen && <Entry href="/register">Register</Entry>}
      <Entry href="/help">Help</Entry>
      <Entry href="/api">API reference</Entry>
    </ul>
  );
}

function Entry({ href, children }: { href: string; children: string }) {
  return (
    <li>
      <Link className={item} href={href}>
        {children}
      </Link>
    </li>
  );
}
