import { parseDuration } from '../lifecycle/duration.js';
import { matchesPatterns } from '../lifecycle/tag-patterns.js';
import { groupKept, type KeepingReason, type KeptTag, type KeptTags } from './kept-tags.js';
import type { ContentManifest, ContentTag, RepositoryContent } from './retention-content.js';
import type { RetentionPolicy, RetentionRule } from './retention-policy.js';

/** What a policy removes, and why it does not remove the rest. */
export interface RetentionPlan {
  /** By name. */
  readonly tags: readonly { readonly tag: string; readonly digest: string }[];
  /** With their tags; what lists or carries others before those. */
  readonly manifests: readonly string[];
  /** What stays though it is attached to something that goes: something else holds it. */
  readonly staying: readonly string[];
  readonly kept: readonly KeptTags[];
  /** Manifests without a tag, that nothing holds and no rule removes. */
  readonly keptUntaggedCount: number;
  /** When it looked. */
  readonly at: Date;
}

/**
 * Works out what goes, and nothing else decides it: the preview shows a plan and a run carries one out.
 *
 * A manifest is kept that has a tag left; one without, that nothing holds, until `untaggedAfter`; and everything that a
 * kept one lists or that is attached to it. The rest goes, whole images at a time, unless it holds each other: an index
 * that is attached to what it lists.
 */
export function planRetention(content: RepositoryContent, policy: RetentionPolicy): RetentionPlan {
  const { going: goingTags, kept: keptTags } = sortTags(content, policy);
  const { kept, untagged } = keptManifests(content, policy, goingTags);
  const tags = content.tags
    .filter(({ name }) => goingTags.has(name))
    .map(({ name, digest }) => ({ tag: name, digest }))
    .sort((a, b) => (a.tag < b.tag ? -1 : 1));
  const manifests = inOrder(content.manifests.filter(({ digest }) => !kept.has(digest)));
  const going = new Set(manifests);
  const staying = content.manifests.filter(
    ({ digest, attachedTo }) => !going.has(digest) && attachedTo !== undefined && going.has(attachedTo),
  );
  return {
    tags,
    manifests,
    staying: staying.map(({ digest }) => digest),
    kept: groupKept(keptTags, policy.rules),
    keptUntaggedCount: untagged.length,
    at: content.now,
  };
}

function sortTags(
  { tags, now }: RepositoryContent,
  { rules }: RetentionPolicy,
): { going: Set<string>; kept: KeptTag[] } {
  const groups = new Map<RetentionRule, ContentTag[]>(rules.map((rule) => [rule, []]));
  const kept: KeptTag[] = [];
  for (const tag of tags) {
    const rule = rules.find(({ tags: patterns }) => matchesPatterns(tag.name, patterns));
    if (tag.isImmutable) kept.push({ tag, because: 'immutable' });
    else if (!rule) kept.push({ tag, because: 'unmatched' });
    if (rule) groups.get(rule)?.push(tag);
  }
  const going = new Set<string>();
  for (const [rule, group] of groups) {
    const last = new Set(sorted(group, rule).slice(0, rule.keepLast ?? 0));
    for (const tag of group) {
      if (tag.isImmutable) continue;
      const because = keptBecause(tag, rule, last, now);
      if (because) kept.push({ tag, because, rule });
      else going.add(tag.name);
    }
  }
  return { going, kept: kept.filter(({ tag }) => !tag.isAttaching) };
}

function keptBecause(
  tag: ContentTag,
  { keepNewerThan, keepPulledWithin }: RetentionRule,
  last: ReadonlySet<ContentTag>,
  now: Date,
): KeepingReason | undefined {
  if (last.has(tag)) return 'last';
  if (isWithin(tag.heldSince, keepNewerThan, now)) return 'newer';
  return isWithin(tag.lastPulledAt, keepPulledWithin, now) ? 'pulled' : undefined;
}

function sorted(tags: readonly ContentTag[], { order }: RetentionRule): ContentTag[] {
  const isBefore = (a: ContentTag, b: ContentTag): boolean => {
    const [x, y] =
      order === 'semver' ? [a.sortKey, b.sortKey] : [a.heldSince.getTime(), b.heldSince.getTime()];
    return x === y ? a.name > b.name : x > y;
  };
  return [...tags].sort((a, b) => (isBefore(a, b) ? -1 : 1));
}

function isWithin(time: Date | undefined, duration: string | undefined, now: Date): boolean {
  if (time === undefined || duration === undefined) return false;
  return now.getTime() - time.getTime() < (parseDuration(duration) ?? 0) * 1000;
}

function keptManifests(
  { tags, manifests, now }: RepositoryContent,
  { untaggedAfter }: RetentionPolicy,
  goingTags: ReadonlySet<string>,
): { kept: Set<string>; untagged: readonly ContentManifest[] } {
  const tagged = new Set(tags.map(({ digest }) => digest));
  const stillTagged = new Set(tags.filter(({ name }) => !goingTags.has(name)).map(({ digest }) => digest));
  const present = new Set(manifests.map(({ digest }) => digest));
  const listed = new Set(manifests.flatMap(({ children }) => children));
  const held = holdsOf(manifests);
  const isRoot = ({ digest, attachedTo, untaggedSince }: ContentManifest) => {
    if (tagged.has(digest)) return stillTagged.has(digest);
    if (listed.has(digest) || (attachedTo !== undefined && present.has(attachedTo))) return false;
    return untaggedAfter === undefined || isWithin(untaggedSince, untaggedAfter, now);
  };
  const isLoose = ({ digest, attachedTo }: ContentManifest) =>
    tagged.has(digest) || !(listed.has(digest) || (attachedTo !== undefined && present.has(attachedTo)));
  const roots = manifests.filter(isRoot);
  const kept = reached(roots, held);
  const going = reached(
    manifests.filter((manifest) => isLoose(manifest) && !kept.has(manifest.digest)),
    held,
  );
  // Held by nothing but each other, as an index is that is attached to what it lists: no rule is for those.
  const circles = manifests.filter(({ digest }) => !kept.has(digest) && !going.has(digest));
  return {
    kept: new Set([...kept, ...reached(circles, held)]),
    untagged: roots.filter(({ digest }) => !tagged.has(digest)),
  };
}

function reached(
  from: readonly ContentManifest[],
  holds: ReadonlyMap<string, readonly string[]>,
): Set<string> {
  const waiting = from.map(({ digest }) => digest);
  const found = new Set<string>();
  for (let digest = waiting.pop(); digest !== undefined; digest = waiting.pop()) {
    if (found.has(digest)) continue;
    found.add(digest);
    waiting.push(...(holds.get(digest) ?? []));
  }
  return found;
}

/** What each manifest keeps: what it lists, and what is attached to it; of these manifests. */
function holdsOf(manifests: readonly ContentManifest[]): Map<string, string[]> {
  const present = new Set(manifests.map(({ digest }) => digest));
  const holds = new Map<string, string[]>();
  const add = (holder: string, digest: string) => {
    const list = holds.get(holder);
    if (list) list.push(digest);
    else holds.set(holder, [digest]);
  };
  for (const { digest, attachedTo, children } of manifests) {
    for (const child of children) if (present.has(child)) add(digest, child);
    if (attachedTo !== undefined && present.has(attachedTo)) add(attachedTo, digest);
  }
  return holds;
}

/** Holders before what they hold. What holds each other, and what that holds, cannot go and is left out. */
function inOrder(going: readonly ContentManifest[]): string[] {
  const holds = holdsOf(going);
  const holders = new Map(going.map(({ digest }) => [digest, 0]));
  for (const list of holds.values())
    for (const digest of list) holders.set(digest, (holders.get(digest) ?? 0) + 1);
  const ready = [...holders].filter(([, count]) => count === 0).map(([digest]) => digest);
  const order = new Set<string>();
  for (let digest = ready.shift(); digest !== undefined; digest = ready.shift()) {
    order.add(digest);
    for (const next of holds.get(digest) ?? []) {
      const left = (holders.get(next) ?? 0) - 1;
      holders.set(next, left);
      if (left === 0) ready.push(next);
    }
  }
  return [...order];
}
