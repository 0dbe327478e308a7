'use client';

import { Command } from 'cmdk';
import { useRouter } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import { suggestionHref, suggestionText } from '../search/suggestion';
import { useSuggestions } from '../search/use-suggestions';
import { destinationsFor } from './destinations';

export interface PaletteProps {
  readonly isSignedIn: boolean;
  readonly isAdmin: boolean;
  readonly onClose: () => void;
}

const item =
  'flex cursor-pointer items-center rounded-s px-3 py-2 text-[13.5px] text-ink aria-selected:bg-accent-soft aria-selected:text-accent';

/** Goes to any page, image or tag by a few letters. */
export function CommandPalette({ isSignedIn, isAdmin, onClose }: PaletteProps) {
  const router = useRouter();
  const dialog = useRef<HTMLDialogElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState('');
  const found = useSuggestions(typed);
  useEffect(() => {
    dialog.current?.showModal();
    field.current?.focus(); // the dialog gives it to its first element that can have it
  }, []);
  const go = (href: string) => {
    onClose();
    router.push(href);
  };
  return (
    <dialog
      aria-label="Command palette"
      className="mt-[12vh] w-[min(560px,calc(100vw-32px))] overflow-hidden rounded-m border border-line-strong bg-panel p-0"
      onClose={onClose}
      ref={dialog}
    >
      <Command label="Command palette">
        <Command.Input
          className="w-full border-b border-line bg-transparent px-4 py-3.5 text-ink outline-none"
          onValueChange={setTyped}
          placeholder="Go to an image, a tag, a page"
          ref={field}
          value={typed}
        />
        <Command.List className="max-h-[50vh] overflow-y-auto p-2">
          <Command.Empty className="px-3 py-4 text-ink-2">
            Nothing by that name. Enter searches for it.
          </Command.Empty>
          {found.map((suggestion) => (
            <Command.Item
              className={`${item} font-mono`}
              key={suggestionHref(suggestion)}
              keywords={[typed]}
              onSelect={() => go(suggestionHref(suggestion))}
              value={suggestionText(suggestion)}
            >
              <span className="truncate">{suggestionText(suggestion)}</span>
            </Command.Item>
          ))}
          {typed.trim() !== '' && (
            <Command.Item
              className={item}
              keywords={[typed]}
              onSelect={() => go(`/explore?q=${encodeURIComponent(typed.trim())}`)}
              value={`search ${typed}`}
            >
              <span className="truncate">Search for “{typed.trim()}”</span>
            </Command.Item>
          )}
          {destinationsFor({ isSignedIn, isAdmin }).map(([href, name]) => (
            <Command.Item className={item} key={href} onSelect={() => go(href)} value={name}>
              {name}
            </Command.Item>
          ))}
        </Command.List>
      </Command>
    </dialog>
  );
}
