'use client';

import { useState } from 'react';
import { SubmitButton } from './submit-button';

/** A button that waits until a name has been typed. */
export function TypedName({
  name,
  what,
  button,
  kind = 'danger',
}: {
  name: string;
  what: string;
  button: string;
  kind?: 'danger' | 'primary';
}) {
  const [typed, setTyped] = useState('');
  return (
    <div className="flex flex-wrap items-end gap-3">
      <label className="grow text-md">
        Type <code className="font-semibold select-all">{name}</code> to confirm {what}
        <input
          autoCapitalize="none"
          autoComplete="off"
          className="field mt-1"
          name="typedName"
          onChange={(event) => setTyped(event.target.value)}
          required
          spellCheck={false}
        />
      </label>
      <SubmitButton disabled={typed !== name} kind={kind}>
        {button}
      </SubmitButton>
    </div>
  );
}
