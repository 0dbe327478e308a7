import type { ReactNode } from 'react';
import { SideFrame } from '@/components/page/side-frame';
import { requireSignedIn } from '@/lib/registry-api/me';

const links = [
  ['/settings/profile', 'Profile'],
  ['/settings/security', 'Password'],
  ['/settings/tokens', 'Access tokens'],
  ['/settings/sessions', 'Sessions'],
] as const;

export default async function SettingsLayout({ children }: { children: ReactNode }) {
  await requireSignedIn();
  return (
    <SideFrame label="Settings" links={links}>
      {children}
    </SideFrame>
  );
}
