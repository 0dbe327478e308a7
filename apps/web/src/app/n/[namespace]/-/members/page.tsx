import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { MemberTable } from '@/components/namespace/member-table';
import { NamespaceFrame } from '@/components/namespace/namespace-frame';
import { TeamList } from '@/components/namespace/team-list';
import { readNamespace, rightsIn } from '@/lib/namespaces/reading';
import { type PageQuery, single } from '@/lib/page-query';

interface MembersPageProps extends PageQuery {
  readonly params: Promise<{ namespace: string }>;
}

export async function generateMetadata({ params }: MembersPageProps): Promise<Metadata> {
  return { title: `Members of ${(await readNamespace((await params).namespace)).name}` };
}

export default async function MembersPage({ params, searchParams }: MembersPageProps) {
  const namespace = await readNamespace((await params).namespace);
  const { isMember, isOwner } = await rightsIn(namespace);
  if (!isMember) notFound();
  return (
    <NamespaceFrame current="members" namespace={namespace}>
      <MemberTable
        cursor={single((await searchParams).cursor)}
        isOwner={isOwner}
        namespace={namespace.name}
      />
      <TeamList isOwner={isOwner} namespace={namespace.name} />
    </NamespaceFrame>
  );
}
