import { Button } from '../button/button';
import { Link } from '../link/link';

export interface FilterField {
  readonly name: string;
  readonly label: string;
  readonly value: string | undefined;
  readonly isNumber?: boolean;
  readonly type?: 'text' | 'date';
  readonly hint?: string;
  /** A list to choose from; without it, a text. */
  readonly choices?: readonly (readonly [value: string, text: string])[];
}

/** Narrows a list by its address: a plain form. */
export function ListFilter({ action, fields }: { action: string; fields: readonly FilterField[] }) {
  const isNarrowed = fields.some(({ value }) => value !== undefined);
  return (
    <form action={action} className="my-4 flex flex-wrap items-end gap-3" key={JSON.stringify(fields)}>
      {fields.map((field) => (
        <div className="grow basis-[118px] sm:max-w-[220px]" key={field.name}>
          <label className="text-sm font-semibold" htmlFor={`filter-${field.name}`}>
            {field.label}
          </label>
          <FilterInput field={field} />
        </div>
      ))}
      <Button type="submit">Filter</Button>
      {isNarrowed && (
        <Link className="self-center text-md" href={action}>
          Clear
        </Link>
      )}
    </form>
  );
}

function FilterInput({ field: { name, value, isNumber, type, hint, choices } }: { field: FilterField }) {
  if (!choices)
    return (
      <input
        autoComplete="off"
        className="field mt-1"
        defaultValue={value}
        id={`filter-${name}`}
        inputMode={isNumber ? 'numeric' : undefined}
        name={name}
        pattern={isNumber ? '[0-9]{0,4}' : undefined}
        placeholder={hint}
        type={type}
      />
    );
  return (
    <select className="field mt-1" defaultValue={value ?? ''} id={`filter-${name}`} name={name}>
      <option value="">all</option>
      {choices.map(([choice, text]) => (
        <option key={choice} value={choice}>
          {text}
        </option>
      ))}
    </select>
  );
}
