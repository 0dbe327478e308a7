import type { RetentionRule } from '@/lib/registry-api/types';
import { Field, SelectField } from '../form/field';

/** The fields of one of several rules on a page, which `id` tells apart. */
export function RetentionRuleFields({ id, rule }: { id: string; rule?: RetentionRule }) {
  const typed = {
    autoCapitalize: 'none',
    autoComplete: 'off',
    className: 'field font-mono text-md',
    spellCheck: false,
  };
  return (
    <>
      <Field
        {...typed}
        defaultValue={rule?.tags.join(' ')}
        hint="Of the tags that these patterns match, the rule keeps:"
        label="Tags"
        name={`tags-${id}`}
        placeholder="v* !v0.*"
        required
      />
      <div className="grid gap-3 sm:grid-cols-4">
        <Field
          {...typed}
          defaultValue={rule?.keepLast}
          inputMode="numeric"
          label="The last"
          name={`keepLast-${id}`}
          placeholder="10"
        />
        <SelectField
          defaultValue={rule?.order}
          label="Counted by"
          name={`order-${id}`}
          options={[
            ['pushed', 'last push'],
            ['semver', 'version'],
          ]}
        />
        <Field
          {...typed}
          defaultValue={rule?.keepNewerThan}
          label="Younger than"
          name={`keepNewerThan-${id}`}
          placeholder="30d"
        />
        <Field
          {...typed}
          defaultValue={rule?.keepPulledWithin}
          label="Pulled within"
          name={`keepPulledWithin-${id}`}
          placeholder="90d"
        />
      </div>
    </>
  );
}
