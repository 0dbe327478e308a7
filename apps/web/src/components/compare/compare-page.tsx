import { notFound, redirect } from 'next/navigation';
import { formatBytes } from '@/lib/format/bytes';
import { type Query, single } from '@/lib/page-query';
import { found, registryApi } from '@/lib/registry-api/client';
import type { Comparison, Repository } from '@/lib/registry-api/types';
import { compareHref, repositoryHref, tagsHref } from '@/lib/repository/links';
import { isReference } from '@/lib/repository/repository-path';
import { shownReference } from '@/lib/repository/shown-reference';
import { LinkButton } from '../button/link-button';
import { Link } from '../link/link';
import { PageHead } from '../page/page-head';
import { PlatformChoice } from '../page/platform-choice';
import { CompareForm } from './compare-form';
import { ComparedSide } from './compared-side';
import { Differences } from './differences';

interface View {
  readonly a?: string;
  readonly b?: string;
}

/** What a client that has one tag of a repository gets when it pulls another. */
export async function ComparePage({
  repository: { name },
  view: { a, b },
  query,
}: {
  repository: Repository;
  view: View;
  query: Query;
}) {
  if (!a || !b) return <CompareStart name={name} query={query} />;
  const api = await registryApi();
  const comparison = await found(
    api.GET('/api/v1/repositories/{name}/compare', {
      params: { path: { name }, query: { a, b, platform: single(query.platform) || undefined } },
    }),
  );
  return (
    <>
      <Crumbs name={name} />
      <PageHead
        end={<Switches a={a} b={b} comparison={comparison} name={name} />}
        title={<Title a={a} b={b} />}
      >
        <p>
          A client that has <code>{shownReference(a)}</code> downloads{' '}
          <b className="text-ink">{formatBytes(comparison.bytesToPull)}</b> for{' '}
          <code>{shownReference(b)}</code>.
        </p>
      </PageHead>
      <div className="mt-4 mb-5 grid gap-4 sm:grid-cols-2">
        <ComparedSide manifest={comparison.a} name={name} reference={a} title="From" />
        <ComparedSide manifest={comparison.b} name={name} reference={b} title="To" />
      </div>
      <Differences comparison={comparison} names={{ a: shownReference(a), b: shownReference(b) }} />
      <section className="mt-8">
        <h2 className="mb-2.5">Compare others</h2>
        <CompareForm a={a} b={b} name={name} />
      </section>
    </>
  );
}

/** Nothing to compare yet, or two tags from a form, which get their own address. */
function CompareStart({ name, query }: { name: string; query: Query }) {
  const [a, b] = chosenReferences(query);
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

/** `a` and `b` of this page's form, or the first two ticked boxes of the list of tags. */
function chosenReferences({ a, b, tag }: Query): (string | undefined)[] {
  const ticked = Array.isArray(tag) ? tag : [tag];
  return [single(a) ?? ticked[0], single(b) ?? ticked[1]].map((text) => text?.trim());
}

function Switches({
  name,
  a,
  b,
  comparison: { platforms, b: to },
}: {
  name: string;
  a: string;
  b: string;
  comparison: Comparison;
}) {
  return (
    <>
      <PlatformChoice
        current={platforms.find((label) => label === to.platform) ?? platforms[0]}
        hrefOf={(platform) => compareHref(name, a, b, platform)}
        labels={platforms}
        path={compareHref(name, a, b)}
      />
      <LinkButton href={compareHref(name, b, a)}>Swap</LinkButton>
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

function Title({ a, b }: { a: string; b: string }) {
  return (
    <span className="font-mono text-[20px] break-all">
      {shownReference(a)} <span className="text-ink-3">to</span> {shownReference(b)}
    </span>
  );
}
