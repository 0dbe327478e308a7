'use client';

import { useActionState, useRef } from 'react';
import type { SecretAction } from '@/lib/access-tokens/secret-state';
import { Button } from '../button/button';
import { buttonStyle } from '../button/button-style';
import { SelectField } from '../form/field';
import { SubmitButton } from '../form/submit-button';
import { Notice } from '../notice/notice';
import { SecretOnce } from './secret-once';

const overlaps = [
  ['0', 'not at all'],
  ['3600', 'for an hour'],
  ['86400', 'for a day'],
  ['604800', 'for seven days'],
] as const;

/** Makes a new secret for a credential; the one before may count for a while, until every place has the new one. */
export function RotateButton({ name, action, host }: { name: string; action: SecretAction; host: string }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [state, act] = useActionState(action, {});
  return (
    <>
      <Button isSmall onClick={() => dialog.current?.showModal()}>
        Rotate<span className="sr-only"> {name}</span>
      </Button>
      <dialog
        aria-label={`Rotate ${name}`}
        className="w-[min(620px,calc(100vw-32px))] rounded-m border border-line-strong bg-panel p-5 whitespace-normal"
        ref={dialog}
      >
        <form action={act}>
          {state.made ? (
            <SecretOnce host={host} made={state.made} />
          ) : (
            <>
              <h2 className="mb-3 text-xl">Rotate {name}?</h2>
              <p className="mb-3 text-ink-2">A new secret is made, with the same name, rights and end.</p>
              <SelectField label="The secret of before works on" name="overlap" options={overlaps} />
              {state.problem && <Notice tone="bad">{state.problem}</Notice>}
            </>
          )}
          <div className="mt-5 flex justify-end gap-2">
            <button className={buttonStyle()} onClick={() => dialog.current?.close()} type="button">
              {state.made ? 'Done' : 'Cancel'}
            </button>
            {!state.made && <SubmitButton>Rotate</SubmitButton>}
          </div>
        </form>
      </dialog>
    </>
  );
}
