'use client';

import { type ReactNode, useEffect, useState } from 'react';
import { setPassword } from '@/app/set-password/actions';
import { ActionForm } from '../form/action-form';
import { Notice } from '../notice/notice';

/** Sends the secret of the address along. Only the browser knows it: what follows `#` is never sent by itself. */
export function PasswordLinkForm({ children }: { children: ReactNode }) {
  const [secret, setSecret] = useState<string>();
  useEffect(() => setSecret(window.location.hash.slice(1)), []);
  if (secret === '')
    return <Notice tone="bad">This link is not whole: open it again as it was given to you.</Notice>;
  return (
    <ActionForm action={setPassword}>
      <input name="secret" type="hidden" value={secret ?? ''} />
      {children}
    </ActionForm>
  );
}
