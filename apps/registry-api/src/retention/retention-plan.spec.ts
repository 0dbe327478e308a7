import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ContentManifest, ContentTag, RepositoryContent } from './retention-content.js';
import { planRetention } from './retention-plan.js';
import type { RetentionPolicy } from './retention-policy.js';

const now = new Date('2026-11-01T00:00:00Z');
const DAY = 86_400_000;
const daysAgo = (days: number) => new Date(now.getTime() - days * DAY);

/** Manifests list and are attached to earlier ones alone, as digests make it. */
const content: fc.Arbitrary<RepositoryContent> = fc
  .tuple(
    fc.array(
      fc.record({
        children: fc.array(fc.nat(20), { maxLength: 3 }),
        subject: fc.option(fc.nat(25), { freq: 2 }),
        age: fc.integer({ min: 0, max: 60 }),
      }),
      { maxLength: 12 },
    ),
    fc.uniqueArray(
      fc.record({
        name: fc.constantFrom('v1', 'v2', 'v10', 'pr-1', 'pr-2', 'pr-3', 'latest', 'main'),
        on: fc.nat(20),
        age: fc.integer({ min: 0, max: 60 }),
        pulled: fc.option(fc.integer({ min: 0, max: 60 })),
        isImmutable: fc.boolean(),
      }),
      { selector: ({ name }) => name },
    ),
  )
  .map(([drawn, tags]) => ({
    now,
    manifests: drawn.map(
      ({ children, subject, age }, index): ContentManifest => ({
        digest: `m${index}`,
        children: [...new Set(children.filter((child) => child < index))].map((child) => `m${child}`),
        attachedTo: subject !== null && subject < index ? `m${subject}` : undefined,
        untaggedSince: daysAgo(age),
      }),
    ),
    tags: tags
      .filter(({ on }) => on < drawn.length)
      .map(
        ({ name, on, age, pulled, isImmutable }): ContentTag => ({
          name,
          digest: `m${on}`,
          sortKey: name.replace(/[0-9]+/, (digits) => digits.padStart(5, '0')),
          heldSince: daysAgo(age),
          lastPulledAt: pulled === null ? undefined : daysAgo(pulled),
          isImmutable,
        }),
      ),
  }));

const duration = fc.integer({ min: 1, max: 60 }).map((days) => `${days}d`);
const policy: fc.Arbitrary<RetentionPolicy> = fc.record(
  {
    rules: fc.array(
      fc.record(
        {
          tags: fc.constantFrom(['v*'], ['pr-*', '!pr-2'], ['*'], ['latest', 'main']),
          order: fc.constantFrom('pushed' as const, 'semver' as const),
          keepLast: fc.integer({ min: 1, max: 3 }),
          keepNewerThan: duration,
          keepPulledWithin: duration,
        },
        { requiredKeys: ['tags', 'order'] },
      ),
      { maxLength: 3 },
    ),
    untaggedAfter: duration,
  },
  { requiredKeys: ['rules'] },
);

/** Slow, and by the letter: what is kept grows until nothing more is. */
function keptByModel({ tags, manifests }: RepositoryContent, going: Set<string>, untaggedDays?: number) {
  const isTagged = (digest: string) => tags.some((tag) => tag.digest === digest);
  const isLoose = ({ digest, attachedTo }: ContentManifest) =>
    isTagged(digest) ||
    (attachedTo === undefined && !manifests.some(({ children }) => children.includes(digest)));
  const isKept = (manifest: ContentManifest) => {
    const { digest, untaggedSince } = manifest;
    if (isTagged(digest)) return tags.some((tag) => tag.digest === digest && !going.has(tag.name));
    const isYoung =
      untaggedDays === undefined || now.getTime() - untaggedSince.getTime() < untaggedDays * DAY;
    return isLoose(manifest) && isYoung;
  };
  const heldBy = (found: Set<string>): Set<string> => {
    const more = manifests.filter(
      ({ digest, attachedTo }) =>
        found.has(digest) ||
        (attachedTo !== undefined && found.has(attachedTo)) ||
        manifests.some((holder) => found.has(holder.digest) && holder.children.includes(digest)),
    );
    return more.length === found.size ? found : heldBy(new Set(more.map(({ digest }) => digest)));
  };
  const digests = (list: readonly ContentManifest[]) => new Set(list.map(({ digest }) => digest));
  const heldByAnything = heldBy(digests(manifests.filter(isLoose)));
  const inCircles = manifests.filter(({ digest }) => !heldByAnything.has(digest));
  const kept = heldBy(digests([...manifests.filter(isKept), ...inCircles]));
  return new Set([...kept, ...digests(heldByEachOther(manifests.filter(({ digest }) => !kept.has(digest))))]);
}

/** What is left when that which nothing of it holds goes, as long as there is such. */
function heldByEachOther(going: readonly ContentManifest[]): readonly ContentManifest[] {
  const left = going.filter(({ digest, attachedTo }) =>
    going.some((holder) => holder.children.includes(digest) || holder.digest === attachedTo),
  );
  return left.length === going.length ? left : heldByEachOther(left);
}

describe('a retention plan', () => {
  it('keeps what the plain model keeps, and no more', () => {
    fc.assert(
      fc.property(content, policy, (found, rules) => {
        const { tags, manifests } = planRetention(found, rules);
        const days = rules.untaggedAfter && Number(rules.untaggedAfter.slice(0, -1));
        const kept = keptByModel(found, new Set(tags.map(({ tag }) => tag)), days || undefined);
        const expected = found.manifests.map(({ digest }) => digest).filter((digest) => !kept.has(digest));
        expect([...manifests].sort()).toEqual(expected.sort());
      }),
      { numRuns: 3000 },
    );
  });

  it('has what holds others before them', () => {
    fc.assert(
      fc.property(content, policy, (found, rules) => {
        const { manifests } = planRetention(found, rules);
        for (const { digest, children, attachedTo } of found.manifests) {
          const place = manifests.indexOf(digest);
          if (place < 0) continue;
          if (attachedTo !== undefined && manifests.includes(attachedTo))
            expect(manifests.indexOf(attachedTo)).toBeLessThan(place);
          for (const child of children.filter((name) => manifests.includes(name)))
            expect(manifests.indexOf(child)).toBeGreaterThan(place);
        }
      }),
    );
  });

  it('never has an immutable tag, nor one that no rule matches', () => {
    fc.assert(
      fc.property(content, policy, (found, rules) => {
        for (const { tag } of planRetention(found, rules).tags) {
          expect(found.tags.find(({ name }) => name === tag)!.isImmutable).toBe(false);
          expect(rules.rules.length).toBeGreaterThan(0);
        }
      }),
    );
  });

  it('says of every tag either that it goes or one reason why it stays', () => {
    fc.assert(
      fc.property(content, policy, (found, rules) => {
        const { tags, kept } = planRetention(found, rules);
        const told = [...tags.map(({ tag }) => tag), ...kept.flatMap((group) => group.tags)];
        expect(told.sort()).toEqual(found.tags.map(({ name }) => name).sort());
        for (const { because, rule, tags: names } of kept) {
          expect(because === 'immutable' || because === 'unmatched').toBe(rule === undefined);
          for (const name of names)
            expect(found.tags.find((one) => one.name === name)!.isImmutable).toBe(because === 'immutable');
        }
      }),
    );
  });

  it('leaves what nothing but each other holds', () => {
    const circle = [
      { digest: 'image', attachedTo: undefined, children: [], untaggedSince: daysAgo(50) },
      { digest: 'index', attachedTo: 'image', children: ['image'], untaggedSince: daysAgo(50) },
    ];
    const rules = { rules: [], untaggedAfter: '1d' };
    expect(planRetention({ now, tags: [], manifests: circle }, rules).manifests).toEqual([]);
  });

  it('lets a tag go and leaves its index, when something lists that and is attached to what it lists', () => {
    const manifests = [
      { digest: 'image', attachedTo: undefined, children: [], untaggedSince: daysAgo(9) },
      { digest: 'index', attachedTo: undefined, children: ['image'], untaggedSince: daysAgo(9) },
      { digest: 'outer', attachedTo: 'image', children: ['index'], untaggedSince: daysAgo(9) },
    ];
    const tags = [{ ...tag('pr-1', 9), digest: 'index' }];
    const rules = { rules: [{ tags: ['*'], order: 'pushed' as const, keepNewerThan: '4d' }] };
    const plan = planRetention({ now, tags, manifests }, rules);
    expect(plan).toMatchObject({ tags: [{ tag: 'pr-1', digest: 'index' }], manifests: [] });
  });

  const tag = (name: string, age: number, pulled?: number): ContentTag => ({
    name,
    digest: `of ${name}`,
    sortKey: name.replace(/[0-9]+/g, (digits) => digits.padStart(5, '0')),
    heldSince: daysAgo(age),
    lastPulledAt: pulled === undefined ? undefined : daysAgo(pulled),
    isImmutable: false,
  });
  const versions = [tag('v1.9', 1), tag('v1.10', 30, 2), tag('v1.2', 40), tag('pr-7', 3), tag('main', 50)];
  it.each([
    { says: 'the last pushed', rule: { tags: ['v*'], keepLast: 1 }, go: ['v1.10', 'v1.2'] },
    {
      says: 'the highest versions',
      rule: { tags: ['v*'], keepLast: 1, order: 'semver' },
      go: ['v1.2', 'v1.9'],
    },
    { says: 'what is younger', rule: { tags: ['*'], keepNewerThan: '4d' }, go: ['main', 'v1.10', 'v1.2'] },
    { says: 'what was pulled', rule: { tags: ['v*'], keepPulledWithin: '1w' }, go: ['v1.2', 'v1.9'] },
    {
      says: 'what any of its conditions keeps',
      rule: { tags: ['*'], keepLast: 1, keepPulledWithin: '1w' },
      go: ['main', 'pr-7', 'v1.2'],
    },
  ] as const)('keeps $says', ({ rule, go }) => {
    const plan = planRetention(
      { now, tags: versions, manifests: [] },
      { rules: [{ order: 'pushed', ...rule }] },
    );
    expect(plan.tags.map(({ tag: name }) => name)).toEqual(go);
  });
});
