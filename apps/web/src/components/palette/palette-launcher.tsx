'use client';

import { type ComponentType, useEffect, useState } from 'react';
import type { PaletteProps } from './command-palette';

/** Opens the command palette on Ctrl or ⌘ K. Its code comes with the first use. */
export function PaletteLauncher({ isSignedIn, isAdmin }: { isSignedIn: boolean; isAdmin: boolean }) {
  const [Palette, setPalette] = useState<ComponentType<PaletteProps>>();
  const [isOpen, setIsOpen] = useState(false);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (
        event.key.toLowerCase() !== 'k' ||
        !(event.ctrlKey || event.metaKey) ||
        event.shiftKey ||
        event.altKey
      )
        return;
      event.preventDefault();
      setIsOpen((wasOpen) => !wasOpen);
      import('./command-palette').then(({ CommandPalette }) => setPalette(() => CommandPalette));
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
  if (!isOpen || !Palette) return null;
  return <Palette isAdmin={isAdmin} isSignedIn={isSignedIn} onClose={() => setIsOpen(false)} />;
}
