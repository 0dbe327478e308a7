import type { Metadata } from 'next';
import { clientGuides } from '@/components/help/client-guides';
import { GuideSection } from '@/components/help/guide-section';
import { KeyboardHelp } from '@/components/help/keyboard-help';
import { PlainHttpHelp } from '@/components/help/plain-http-help';
import { PageHead } from '@/components/page/page-head';
import { publicUrl } from '@/lib/env';
import { whoIsLooking } from '@/lib/registry-api/me';

export const metadata: Metadata = { title: 'Help' };

export default async function HelpPage() {
  const me = await whoIsLooking();
  const guides = clientGuides(publicUrl, me?.username ?? 'USER');
  return (
    <div className="columns-filters">
      <nav
        aria-label="On this page"
        className="flex flex-wrap gap-x-4 gap-y-1 text-[13.5px] min-[860px]:flex-col"
      >
        {guides.map(({ id, title }) => (
          <a href={`#${id}`} key={id}>
            {title}
          </a>
        ))}
        <a href="#keyboard">Keyboard</a>
      </nav>
      <div className="max-w-[760px] min-w-0">
        <PageHead title="How to use Berth">
          <p>
            Every client of container registries works. Images are called{' '}
            <code>{publicUrl.host}/namespace/name:tag</code>.
          </p>
        </PageHead>
        {publicUrl.protocol === 'http:' && <PlainHttpHelp host={publicUrl.host} />}
        {guides.map((guide) => (
          <GuideSection guide={guide} key={guide.id} />
        ))}
        <KeyboardHelp />
      </div>
    </div>
  );
}
