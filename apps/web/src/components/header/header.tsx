import { Menu, Plus, Search } from 'lucide';
import { whoMayBeLooking } from '@/lib/registry-api/me';
import type { Me } from '@/lib/registry-api/types';
import { LinkButton } from '../button/link-button';
import { Icon } from '../icon/icon';
import { Link } from '../link/link';
import { PaletteLauncher } from '../palette/palette-launcher';
import { SearchBox } from '../search/search-box';
import { AccountMenu } from './account-menu';
import { HeaderLink } from './header-link';
import { Logo } from './logo';

/** The bar above every page. When the API does not answer, it stands as for a visitor. */
export async function Header() {
  const me = await whoMayBeLooking();
  return (
    <header className="sticky top-0 z-20 border-b border-line bg-canvas/90 backdrop-blur-sm">
      <div className="mx-auto flex h-14 max-w-[1180px] items-center gap-3 px-4 sm:gap-[18px] sm:px-5">
        <Link
          className="inline-flex items-center gap-[9px] text-[16px] font-bold text-ink hover:no-underline"
          href="/"
        >
          <Logo />
          <span className="max-sm:sr-only">Berth</span>
        </Link>
        <SearchBox icon={<Icon node={Search} />} />
        <nav aria-label="Main" className="ml-auto flex items-center gap-4">
          <span className="hidden items-center gap-4 min-[860px]:flex">
            <HeaderLink href="/explore">Explore</HeaderLink>
            {me?.isAdmin && <HeaderLink href="/admin">Admin</HeaderLink>}
            {me && (
              <LinkButton href="/new" isSmall>
                <Icon node={Plus} size={14} />
                New
              </LinkButton>
            )}
          </span>
          <AccountEntry me={me} />
        </nav>
        <PaletteLauncher isAdmin={me?.isAdmin ?? false} isSignedIn={me !== undefined} />
      </div>
    </header>
  );
}

function AccountEntry({ me }: { me: Me | undefined }) {
  return (
    <>
      {!me && (
        <LinkButton href="/login" isSmall>
          Sign in
        </LinkButton>
      )}
      <button
        aria-label={me ? `Account of ${me.username}` : 'Menu'}
        className={
          me
            ? 'grid size-7 place-items-center rounded-full bg-accent text-sm font-bold text-accent-ink uppercase'
            : 'grid size-7 place-items-center text-ink-2 min-[860px]:hidden'
        }
        popoverTarget="account-menu"
        type="button"
      >
        {me ? me.username.slice(0, 1) : <Icon node={Menu} size={20} />}
      </button>
      <AccountMenu me={me} />
    </>
  );
}
