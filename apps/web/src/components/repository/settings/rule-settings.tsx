import { ExpirySettings } from '@/components/lifecycle/expiry-settings';
import { ImmutableSettings } from '@/components/lifecycle/immutable-settings';
import { RetentionSettings } from '@/components/lifecycle/retention-settings';
import { readCoverage, readRepositoryRules } from '@/lib/lifecycle/reading';

/** What happens to tags by rules, the namespace's among them. */
export async function RuleSettings({ name }: { name: string }) {
  const target = { kind: 'repository', name } as const;
  const [{ own, ofNamespace }, coverage] = await Promise.all([readRepositoryRules(name), readCoverage(name)]);
  return (
    <>
      <ImmutableSettings coverage={coverage.immutable} patterns={own.immutableTags} target={target} />
      <ExpirySettings
        coverage={coverage.expiring}
        expiry={own.expiry}
        ofNamespace={ofNamespace?.expiry}
        target={target}
      />
      <RetentionSettings ofNamespace={ofNamespace?.retention} own={own.retention} target={target} />
    </>
  );
}
