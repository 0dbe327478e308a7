import type { Metadata } from 'next';
import { JobRow } from '@/components/jobs/job-row';
import { RefreshWhile } from '@/components/jobs/refresh-while';
import { PageHead } from '@/components/page/page-head';
import { DataTable } from '@/components/table/data-table';
import { found, registryApi } from '@/lib/registry-api/client';
import { requireAdmin } from '@/lib/registry-api/require-admin';
import { cancelJob, runJob } from './actions';

export const metadata: Metadata = { title: 'Jobs' };

export default async function JobsPage() {
  await requireAdmin();
  const api = await registryApi();
  const { items } = await found(api.GET('/api/v1/admin/jobs'));
  return (
    <>
      <PageHead title="Jobs">What Berth does by itself. Times are UTC.</PageHead>
      <RefreshWhile isRunning={items.some(({ current }) => current !== null)} />
      <DataTable label="Jobs">
        <thead>
          <tr>
            <th scope="col">Job</th>
            <th scope="col">Now, or last</th>
            <th scope="col">Next</th>
            <th scope="col">
              <span className="sr-only">What can be done</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {items.map((job) => (
            <JobRow cancel={cancelJob} job={job} key={job.name} run={runJob} />
          ))}
        </tbody>
      </DataTable>
    </>
  );
}
