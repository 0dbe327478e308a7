import { formatBytes } from '@/lib/format/bytes';
import { further } from '@/lib/format/count';
import { abridgedDigest } from '@/lib/format/digest';
import { artifactKindName } from '@/lib/repository/artifact-kinds';
import { namespaceHref, repositoryHref, tagHref, tagsHref } from '@/lib/repository/links';
import { LinkButton } from '../button/link-button';
import { Chip } from '../chip/chip';
import { CopyButton } from '../command/copy-button';
import { Link } from '../link/link';
import { PageHead } from '../page/page-head';
import { TagEnd } from '../tags/tag-end';
import { TagLock } from '../tags/tag-lock';
import { Time } from '../time/time';
import { DeleteImage } from './delete-image';
import { PlatformSwitch } from './platform-switch';
import type { ViewedImage } from './viewed-image';

const MOST_ALIASES = 8;
/** So many tags of a manifest the API tells, the shown one among them. */
const TOLD_TAGS = 100;

/** Where one is, what it is called, and which platform of it is shown. */
export function ImageHead({ image }: { image: ViewedImage }) {
  const { repository, tag, top, shown, referrers } = image;
  const aliases = top.tags.filter((other) => other !== tag);
  return (
    <>
      <Crumbs image={image} />
      <PageHead
        beside={
          <>
            {top.immutableBy && <TagLock by={top.immutableBy} />}
            {aliases.slice(0, MOST_ALIASES).map((alias) => (
              <Link href={tagHref(repository.name, alias)} key={alias}>
                <Chip tone="code">{alias}</Chip>
              </Link>
            ))}
            {aliases.length > MOST_ALIASES && (
              <span className="text-sm text-ink-3">
                {further(aliases.length, MOST_ALIASES, TOLD_TAGS - 1)}
              </span>
            )}
            {shown.kind === 'artifact' && <Chip>{artifactKindName(shown.artifactKind)}</Chip>}
            {referrers.some(({ kind }) => kind === 'signature') && <Chip tone="good">Signed</Chip>}
            {top.expiresAt && <TagEnd at={top.expiresAt} />}
          </>
        }
        end={
          <>
            <PlatformSwitch image={image} />
            {tag && (
              <LinkButton href={`${repositoryHref(repository.name)}/-/compare?a=${encodeURIComponent(tag)}`}>
                Compare…
              </LinkButton>
            )}
            {repository.permissions.includes('delete') && (
              <DeleteImage
                aliases={aliases}
                digest={top.digest}
                immutableBy={top.immutableBy}
                indexes={top.indexes}
                isIndex={top.kind === 'index'}
                name={repository.name}
                tag={tag}
              />
            )}
          </>
        }
        title={<span className="font-mono text-[21px] break-all">{tag ?? abridgedDigest(top.digest)}</span>}
      />
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1 text-md text-ink-2">
        <code className="break-all" title={shown.digest}>
          {abridgedDigest(shown.digest)}
        </code>
        <CopyButton text={shown.digest} what="digest" />
        <span>
          · {formatBytes(shown.sizeBytes)} to pull · pushed <Time at={top.pushedAt} />
          {top.pushedBy && <> by {top.pushedBy}</>}
        </span>
      </div>
    </>
  );
}

function Crumbs({ image: { repository } }: { image: ViewedImage }) {
  const { name, namespace } = repository;
  const isShort = !name.startsWith(`${namespace}/`);
  return (
    <nav aria-label="Where this is" className="mb-1.5 text-md">
      {!isShort && (
        <>
          <Link href={namespaceHref(namespace)}>{namespace}</Link> /{' '}
        </>
      )}
      <Link href={repositoryHref(name)}>{isShort ? name : name.slice(namespace.length + 1)}</Link> /{' '}
      <Link href={tagsHref(name)}>tags</Link>
    </nav>
  );
}
