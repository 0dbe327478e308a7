import { notFound, redirect } from 'next/navigation';
import { formatBytes } from '@/lib/format/bytes';
import { abridgedDigest } from '@/lib/format/digest';
import { type Query, single } from '@/lib/page-query';
import { found, registryApi } from '@/lib/registry-api/client';
import type { Comparison, Repository } from '@/lib/registry-api/types';
import { compareHref, referenceHref, repositoryHref, tagsHref } from '@/lib/repository/links';
import { isReference } from '@/lib/repository/repository-path';
import { Link } from '../link/link';
import { PageHead } from '../page/page-head';
import { Panel } from '../panel/panel';
import { Time } from '../time/time';
import { ChangeTable } from './change-table';
import { CompareForm } from './compare-form';
import { ComparedLayers } from './compared-layers';

/** What a client that has one tag of a repository gets when it pulls another. */
export async function ComparePage({
  repository,
  view,
  query,
}: {
  repository: Repository;
  view: { readonly a?: string; readonly b?: string };
  query: Query;
}) {
  const { name } = repository;
  if (!view.a || !view.b) return <CompareStart query={query} repository={repository} />;
  const api = await registryApi();
  const platform = single(query.platform);
  const comparison = await found(
    api.GET('/api/v1/repositories/{name}/compare', {
      params: { path: { name }, query: { a: view.a, b: view.b, platform } },
    }),
  );
  return (
    <>
      <Crumbs name={name} />
      <PageHead title={<ComparedTitle a={view.a} b={view.b} />}>
        <p>
          A client that has <code>{shown(view.a)}</code> downloads{' '}
          <b className="text-ink">{formatBytes(comparison.bytesToPull)}</b> for <code>{shown(view.b)}</code>.
        </p>
      </PageHead>
      <CompareForm a={view.a} b={view.b} name={name} />
      <div className="my-5 grid gap-4 sm:grid-cols-2">
        <Side manifest={comparison.a} name={name} reference={view.a} title="From" />
        <Side manifest={comparison.b} name={name} reference={view.b} title="To" />
      </div>
      <Differences comparison={comparison} />
    </>
  );
}

function Differences({ comparison }: { comparison: Comparison }) {
  const { config, env, labels } = comparison;
  return (
    <div className="grid grid-cols-1 gap-6">
      <ComparedLayers layers={comparison.layers} />
      <ChangeTable changes={config.changed} title="Config" />
      <ChangeTable changes={env} title="Environment" />
      <ChangeTable changes={labels} title="Labels" />
    </div>
  );
}

/** Nothing to compare yet, or two tags from the form, which get their own address. */
function CompareStart({ repository: { name }, query }: { repository: Repository; query: Query }) {
  const [a, b] = [single(query.a)?.trim(), single(query.b)?.trim()];
  if (a && b) {
    if (!isReference(a) || !isReference(b)) notFound();
    redirect(compareHref(name, a, b));
  }
  return (
    <>
      <Crumbs name={name} />
      <PageHead title="Compare two tags">
        <p>
          Which layers are new, what a client downloads, and what changed in config, environment and labels.
        </p>
      </PageHead>
      <CompareForm a={a} name={name} />
    </>
  );
}

function Crumbs({ name }: { name: string }) {
  return (
    <nav aria-label="Where this is" className="mb-1.5 text-md">
      <Link href={repositoryHref(name)}>{name}</Link> / <Link href={tagsHref(name)}>tags</Link>
    </nav>
  );
}

function ComparedTitle({ a, b }: { a: string; b: string }) {
  return (
    <span className="font-mono text-[20px] break-all">
      {shown(a)} <span className="text-ink-3">to</span> {shown(b)}
    </span>
  );
}

function Side({
  title,
  name,
  reference,
  manifest,
}: {
  title: string;
  name: string;
  reference: string;
  manifest: Comparison['a'];
}) {
  return (
    <Panel title={title}>
      <p>
        <Link
          className="font-mono text-md font-bold break-all"
          href={referenceHref(name, manifest.tag, manifest.digest)}
        >
          {shown(reference)}
        </Link>
      </p>
      <p className="text-md text-ink-2">
        {formatBytes(manifest.sizeBytes)} · pushed <Time at={manifest.pushedAt} />
      </p>
    </Panel>
  );
}

function shown(reference: string): string {
  return reference.includes(':') ? abridgedDigest(reference) : reference;
}
