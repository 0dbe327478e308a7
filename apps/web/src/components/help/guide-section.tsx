import { CommandBox } from '../command/command-box';
import type { Guide } from './client-guides';

/** What one client is told, step by step. */
export function GuideSection({ guide: { id, title, steps } }: { guide: Guide }) {
  return (
    <section className="mt-7 scroll-mt-20" id={id}>
      <h2 className="mb-2 text-xl">{title}</h2>
      <ol className="grid grid-cols-1 gap-3">
        {steps.map(({ what, command, isPrompt = true }) => (
          <li key={command}>
            <p className="mb-1 text-[13.5px] text-ink-2">{what}</p>
            <CommandBox isPrompt={isPrompt} text={command} />
          </li>
        ))}
      </ol>
    </section>
  );
}
