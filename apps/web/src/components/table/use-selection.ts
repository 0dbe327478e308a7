'use client';

import { type ChangeEvent, type RefObject, useRef, useState } from 'react';

export interface Selection {
  readonly form: RefObject<HTMLFormElement | null>;
  /** The values of the ticked boxes. */
  readonly chosen: readonly string[];
  readonly onChange: (event: ChangeEvent<HTMLFormElement>) => void;
  readonly clear: () => void;
}

/** Which boxes of a name are ticked in a form; one with `data-select-all` ticks all of them. */
export function useSelection(name: string): Selection {
  const form = useRef<HTMLFormElement>(null);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const onChange = (event: ChangeEvent<HTMLFormElement>) => {
    const boxes = [...(form.current?.querySelectorAll<HTMLInputElement>(`input[name="${name}"]`) ?? [])];
    const target: EventTarget = event.target;
    if (target instanceof HTMLInputElement && 'selectAll' in target.dataset)
      for (const box of boxes) box.checked = target.checked;
    setChosen(boxes.filter(({ checked }) => checked).map(({ value }) => value));
  };
  return { form, chosen, onChange, clear: () => setChosen([]) };
}
