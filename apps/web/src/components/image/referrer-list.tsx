import { formatBytes } from '@/lib/format/bytes';
import { shortDigest } from '@/lib/format/digest';
import type { Referrer } from '@/lib/registry-api/types';
import { artifactKindName } from '@/lib/repository/artifact-kinds';
import { manifestHref } from '@/lib/repository/links';
import { Chip } from '../chip/chip';
import { Empty } from '../empty/empty';
import { Link } from '../link/link';
import { DataTable } from '../table/data-table';
import { Time } from '../time/time';

/** Signatures, SBOMs, attestations and whatever else was attached. */
export function ReferrerList({ name, referrers }: { name: string; referrers: readonly Referrer[] }) {
  if (referrers.length === 0)
    return (
      <Empty title="Nothing refers to this image yet">
        <p>
          Sign it with <code>cosign sign</code>, or attach an SBOM with <code>oras attach</code>: it appears
          here.
        </p>
      </Empty>
    );
  return (
    <DataTable label="Referrers">
      <thead>
        <tr>
          <th scope="col">What</th>
          <th scope="col">Type</th>
          <th scope="col">Digest</th>
          <th className="num" scope="col">
            Size
          </th>
          <th scope="col">Pushed</th>
        </tr>
      </thead>
      <tbody>
        {referrers.map((referrer) => (
          <tr key={referrer.digest}>
            <td>
              <Chip tone={referrer.kind === 'signature' ? 'good' : 'plain'}>
                {artifactKindName(referrer.kind)}
              </Chip>
            </td>
            <td className="min-w-[160px]">
              <code className="break-all text-ink-2">{referrer.artifactType ?? 'none given'}</code>
            </td>
            <td className="whitespace-nowrap">
              <Link href={manifestHref(name, referrer.digest)} title={referrer.digest}>
                <code>{shortDigest(referrer.digest)}</code>
              </Link>
            </td>
            <td className="num">{formatBytes(referrer.sizeBytes)}</td>
            <td className="text-ink-2">
              <Time at={referrer.pushedAt} />
            </td>
          </tr>
        ))}
      </tbody>
    </DataTable>
  );
}
