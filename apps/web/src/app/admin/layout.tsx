import { notFound } from 'next/navigation';
import type { ReactNode } from 'react';
import { SideFrame } from '@/components/page/side-frame';
import { whoIsLooking } from '@/lib/registry-api/me';

const links = [
  ['/admin/health', 'Health'],
  ['/admin/users', 'Users'],
  ['/admin/namespaces', 'Namespaces'],
  ['/admin/tokens', 'Access tokens'],
  ['/admin/robots', 'Robots'],
  ['/admin/storage', 'Storage'],
  ['/admin/gc', 'Collection'],
  ['/admin/jobs', 'Jobs'],
  ['/admin/audit', 'Audit log'],
] as const;

/** For instance admins; for everybody else these pages do not exist. */
export default async function AdminLayout({ children }: { children: ReactNode }) {
  if (!(await whoIsLooking())?.isAdmin) notFound();
  return (
    <SideFrame label="Administration" links={links}>
      {children}
    </SideFrame>
  );
}
