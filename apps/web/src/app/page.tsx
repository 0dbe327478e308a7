import { OwnHome } from '@/components/home/own-home';
import { PublicHome } from '@/components/home/public-home';
import { type PageQuery, single } from '@/lib/page-query';
import { whoIsLooking } from '@/lib/registry-api/me';

export default async function HomePage({ searchParams }: PageQuery) {
  const [me, query] = await Promise.all([whoIsLooking(), searchParams]);
  return me ? <OwnHome cursor={single(query.cursor)} me={me} /> : <PublicHome />;
}
