import type { ReactNode } from 'react';

export interface Choice {
  readonly value: string;
  readonly label: ReactNode;
  readonly hint?: ReactNode;
  readonly isChosen?: boolean;
}

/** A few choices, of which one (`radio`) or several (`checkbox`) can be taken. */
export function Choices({
  legend,
  name,
  type,
  choices,
}: {
  legend: string;
  name: string;
  type: 'radio' | 'checkbox';
  choices: readonly Choice[];
}) {
  return (
    <fieldset>
      <legend className="mb-1 text-md font-semibold">{legend}</legend>
      <div className="flex flex-col gap-2">
        {choices.map(({ value, label, hint, isChosen }) => (
          <label className="flex items-start gap-2.5" key={value}>
            <input className="mt-[5px]" defaultChecked={isChosen} name={name} type={type} value={value} />
            <span>
              {label}
              {hint && <span className="block text-sm text-ink-2">{hint}</span>}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
