import { Fragment, type ReactNode } from 'react';

/** Pairs of name and value; those without a value are left out. `isWide`: values stand beside their names. */
export function Facts({
  facts,
  isWide = false,
}: {
  facts: readonly (readonly [name: string, value: ReactNode])[];
  isWide?: boolean;
}) {
  const known = facts.filter(
    ([, value]) => value !== null && value !== undefined && value !== false && value !== '',
  );
  return (
    <dl className={isWide ? 'facts is-wide' : 'facts'}>
      {known.map(([name, value]) => (
        <Fragment key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </Fragment>
      ))}
    </dl>
  );
}
