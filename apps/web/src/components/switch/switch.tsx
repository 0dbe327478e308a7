import type { ReactNode } from 'react';
import { RememberedChoice } from './remembered-choice';

export interface SwitchOption {
  readonly label: string;
  readonly panel: ReactNode;
}

/** Shows one of several panels by a row of choices: by CSS alone, so without script and without a shift. */
export function Switch({
  legend,
  name,
  options,
  chosen,
  cookie,
}: {
  legend: string;
  name: string;
  options: readonly SwitchOption[];
  /** The label of the one shown first. */
  chosen?: string;
  /** Where the choice is remembered, by its label. */
  cookie?: string;
}) {
  const first = options.some(({ label }) => label === chosen) ? chosen : options[0]?.label;
  const choices = options.map(({ label }) => (
    <label className="segment-item" key={label}>
      <input className="sr-only" defaultChecked={label === first} name={name} type="radio" value={label} />
      {label}
    </label>
  ));
  return (
    <div className="switch">
      <fieldset className="segment relative mb-2.5">
        <legend className="sr-only">{legend}</legend>
        {cookie ? <RememberedChoice cookie={cookie}>{choices}</RememberedChoice> : choices}
      </fieldset>
      <div className="switch-panels">
        {options.map(({ label, panel }) => (
          <div key={label}>{panel}</div>
        ))}
      </div>
    </div>
  );
}
