import { readOidcProviders } from '@/lib/oidc/reading';
import { withQuery } from '@/lib/repository/links';
import { buttonStyle } from '../button/button-style';

/** Signs in by a provider, where any is configured. */
export async function ProviderButtons({ next }: { next: string }) {
  const providers = await readOidcProviders();
  if (providers.length === 0) return null;
  return (
    <ul className="mb-5 grid grid-cols-1 gap-2 border-b border-line pb-5">
      {providers.map(({ name, label }) => (
        <li key={name}>
          <a
            className={`${buttonStyle()} w-full`}
            href={withQuery(`/api/v1/oidc/${encodeURIComponent(name)}/login`, { next })}
          >
            Sign in with {label}
          </a>
        </li>
      ))}
    </ul>
  );
}
