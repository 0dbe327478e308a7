import type { ComponentProps, ReactNode } from 'react';

/** A text field under its name, with a hint below. */
export function Field({
  label,
  isLabelHidden = false,
  hint,
  name,
  ...attributes
}: {
  label: ReactNode;
  /** Where a heading right above says the same. */
  isLabelHidden?: boolean;
  hint?: ReactNode;
  name: string;
} & Omit<ComponentProps<'input'>, 'name'>) {
  const id = `field-${name}`;
  return (
    <div>
      <label className={isLabelHidden ? 'sr-only' : 'mb-1 block text-md font-semibold'} htmlFor={id}>
        {label}
      </label>
      <input
        aria-describedby={hint ? `${id}-hint` : undefined}
        className="field"
        id={id}
        name={name}
        {...attributes}
      />
      <Hint id={id}>{hint}</Hint>
    </div>
  );
}

export function TextArea({
  label,
  hint,
  name,
  ...attributes
}: { label: ReactNode; hint?: ReactNode; name: string } & Omit<ComponentProps<'textarea'>, 'name'>) {
  const id = `field-${name}`;
  return (
    <div>
      <label className="mb-1 block text-md font-semibold" htmlFor={id}>
        {label}
      </label>
      <textarea
        aria-describedby={hint ? `${id}-hint` : undefined}
        className="field"
        id={id}
        name={name}
        {...attributes}
      />
      <Hint id={id}>{hint}</Hint>
    </div>
  );
}

export function SelectField({
  label,
  hint,
  name,
  options,
  ...attributes
}: {
  label: ReactNode;
  hint?: ReactNode;
  name: string;
  options: readonly (readonly [value: string, text: string])[];
} & Omit<ComponentProps<'select'>, 'name' | 'children'>) {
  const id = `field-${name}`;
  return (
    <div>
      <label className="mb-1 block text-md font-semibold" htmlFor={id}>
        {label}
      </label>
      <select
        aria-describedby={hint ? `${id}-hint` : undefined}
        className="field"
        id={id}
        name={name}
        {...attributes}
      >
        {options.map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
      <Hint id={id}>{hint}</Hint>
    </div>
  );
}

function Hint({ id, children }: { id: string; children: ReactNode }) {
  return children ? (
    <p className="mt-1 text-sm text-ink-2" id={`${id}-hint`}>
      {children}
    </p>
  ) : null;
}
