import { formatBytes } from '@/lib/format/bytes';
import { formatCount, further } from '@/lib/format/count';
import { shortDigest } from '@/lib/format/digest';
import type { Tag } from '@/lib/registry-api/types';
import { manifestHref, tagHref } from '@/lib/repository/links';
import { Chip } from '../chip/chip';
import { Link } from '../link/link';
import { PlatformChips } from '../repository/platform-chips';
import { DataTable } from '../table/data-table';
import { Time } from '../time/time';
import { TagEnd } from './tag-end';
import { TagKind } from './tag-kind';
import { TagLock } from './tag-lock';

const MOST_ALIASES = 5;
/** So many the API tells. */
const TOLD_ALIASES = 20;

/** Tags with what one wants to know before choosing one. */
export function TagTable({ name, tags }: { name: string; tags: readonly Tag[] }) {
  return (
    <DataTable label="Tags">
      <thead>
        <tr>
          <th className="w-9 pr-0!" scope="col">
            <input aria-label="Select all tags of this page" data-select-all type="checkbox" />
          </th>
          <th scope="col">Tag</th>
          <th scope="col">Digest</th>
          <th scope="col">Platforms</th>
          <th className="num" scope="col">
            Size
          </th>
          <th className="num" scope="col">
            Only here
          </th>
          <th scope="col">Pushed</th>
          <th scope="col">Last pull</th>
          <th className="num" scope="col">
            Pulls
          </th>
        </tr>
      </thead>
      <tbody>
        {tags.map((tag) => (
          <TagRow key={`${tag.name} ${tag.digest}`} name={name} tag={tag} />
        ))}
      </tbody>
    </DataTable>
  );
}

function TagRow({ name, tag }: { name: string; tag: Tag }) {
  return (
    <tr>
      <td className="pr-0!">
        {tag.name && <input aria-label={`Select ${tag.name}`} name="tag" type="checkbox" value={tag.name} />}
      </td>
      <td>
        <span className="flex min-w-[140px] flex-wrap items-center gap-1.5">
          {tag.name ? (
            <Link className="font-mono text-md font-bold break-all" href={tagHref(name, tag.name)}>
              {tag.name}
            </Link>
          ) : (
            <Link className="text-ink-2" href={manifestHref(name, tag.digest)}>
              untagged
            </Link>
          )}
          {tag.immutableBy && <TagLock by={tag.immutableBy} />}
          {tag.aliases.slice(0, MOST_ALIASES).map((alias) => (
            <Chip key={alias} tone="code">
              {alias}
            </Chip>
          ))}
          {tag.aliases.length > MOST_ALIASES && (
            <span className="text-sm text-ink-3">
              {further(tag.aliases.length, MOST_ALIASES, TOLD_ALIASES)}
            </span>
          )}
          <TagKind tag={tag} />
          {tag.isSigned && <Chip tone="good">signed</Chip>}
          {tag.expiresAt && <TagEnd at={tag.expiresAt} />}
        </span>
      </td>
      <td className="whitespace-nowrap">
        <Link className="text-ink-2" href={manifestHref(name, tag.digest)} title={tag.digest}>
          <code>{shortDigest(tag.digest)}</code>
        </Link>
      </td>
      <td>
        <span className="flex flex-wrap gap-1">
          <PlatformChips isShort most={3} platforms={tag.platforms} />
        </span>
      </td>
      <td className="num">{formatBytes(tag.sizeBytes)}</td>
      <td className="num text-ink-2">{tag.uniqueBytes === null ? '–' : formatBytes(tag.uniqueBytes)}</td>
      <td className="text-ink-2">
        <Time at={tag.pushedAt} />
        {tag.pushedBy && <div className="text-sm text-ink-3">{tag.pushedBy}</div>}
      </td>
      <td className="text-ink-2">{tag.lastPulledAt ? <Time at={tag.lastPulledAt} /> : 'never'}</td>
      <td className="num">{formatCount(tag.pullCount)}</td>
    </tr>
  );
}
