import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { NamespaceFrame } from '@/components/namespace/namespace-frame';
import { TeamDetail } from '@/components/namespace/team-detail';
import { readNamespace, rightsIn } from '@/lib/namespaces/reading';

interface TeamPageProps {
  readonly params: Promise<{ namespace: string; team: string }>;
}

export async function generateMetadata({ params }: TeamPageProps): Promise<Metadata> {
  const { namespace, team } = await params;
  await readNamespace(namespace);
  return { title: `Team ${team} of ${namespace}` };
}

export default async function TeamPage({ params }: TeamPageProps) {
  const { namespace: name, team } = await params;
  const namespace = await readNamespace(name);
  const { isMember, isOwner } = await rightsIn(namespace);
  if (!isMember) notFound();
  return (
    <NamespaceFrame current="members" namespace={namespace}>
      <TeamDetail isOwner={isOwner} namespace={namespace.name} team={team} />
    </NamespaceFrame>
  );
}
