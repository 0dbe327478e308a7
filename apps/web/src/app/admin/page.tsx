import { redirect } from 'next/navigation';
import { requireAdmin } from '@/lib/registry-api/require-admin';

export default async function AdminPage() {
  await requireAdmin();
  redirect('/admin/health');
}
