'use client';

import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { type Suggestion, suggestionHref, suggestionText } from './suggestion';
import { useSuggestions } from './use-suggestions';

/** The search of every page: a plain form that suggests while one types. `/` focuses it. */
export function SearchBox({ icon }: { icon: ReactNode }) {
  const isSearch = usePathname() === '/explore';
  const searched = useSearchParams().get('q') ?? '';
  return <SearchForm icon={icon} initial={isSearch ? searched : ''} key={`${isSearch} ${searched}`} />;
}

function SearchForm({ icon, initial }: { icon: ReactNode; initial: string }) {
  const router = useRouter();
  const listId = useId();
  const field = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState(-1);
  const [isOpen, setIsOpen] = useState(false);
  const found = useSuggestions(typed);
  const isShown = isOpen && found.length > 0;
  useSlash(field);

  const close = () => {
    setIsOpen(false);
    setChosen(-1);
  };
  const follow = (suggestion: Suggestion) => {
    close();
    field.current?.blur();
    router.push(suggestionHref(suggestion));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const suggestion = found[chosen];
    if (event.key === 'Escape' && isShown) close();
    else if (step && isShown) setChosen(((chosen + 1 + step + found.length + 1) % (found.length + 1)) - 1);
    else if (event.key === 'Enter' && isShown && suggestion) follow(suggestion);
    else return;
    event.preventDefault();
  };

  return (
    <search className="relative min-w-0 max-w-[520px] grow">
      <form
        action="/explore"
        className="flex h-9 items-center gap-2 rounded-m border border-field-line bg-panel px-2.5 text-ink-3 focus-within:border-accent focus-within:shadow-[0_0_0_3px_var(--accent-soft)]"
      >
        {icon}
        <input
          aria-activedescendant={isShown && chosen >= 0 ? `${listId}-${chosen}` : undefined}
          aria-autocomplete="list"
          aria-controls={listId}
          aria-expanded={isShown}
          aria-label="Search images"
          autoComplete="off"
          className="w-full min-w-0 grow bg-transparent text-ink outline-none"
          defaultValue={initial}
          enterKeyHint="search"
          maxLength={300}
          name="q"
          onBlur={close}
          onChange={(event) => {
            setTyped(event.target.value);
            setIsOpen(true);
            setChosen(-1);
          }}
          onKeyDown={onKeyDown}
          placeholder="Search images, tags, digests"
          ref={field}
          role="combobox"
          spellCheck={false}
        />
        <kbd className="hidden leading-none sm:block">/</kbd>
      </form>
      <div
        className={
          isShown
            ? 'absolute inset-x-0 top-10 z-10 rounded-m border border-line-strong bg-panel py-1 shadow-lg'
            : 'hidden'
        }
        id={listId}
        role="listbox"
        aria-label="Suggestions"
      >
        {found.map((suggestion, index) => (
          <div
            aria-selected={index === chosen}
            className="cursor-pointer truncate px-3 py-1.5 font-mono text-md text-ink hover:bg-sunk aria-selected:bg-accent-soft"
            id={`${listId}-${index}`}
            key={suggestionHref(suggestion)}
            onMouseDown={(event) => {
              event.preventDefault();
              follow(suggestion);
            }}
            role="option"
            tabIndex={-1}
          >
            {suggestionText(suggestion)}
          </div>
        ))}
      </div>
    </search>
  );
}

function useSlash(field: { readonly current: HTMLInputElement | null }): void {
  useEffect(() => {
    const onKeyDown = (event: globalThis.KeyboardEvent) => {
      const target = event.target as HTMLElement;
      const isTyping = target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || isTyping) return;
      event.preventDefault();
      field.current?.select();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [field]);
}
