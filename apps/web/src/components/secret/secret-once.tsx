import type { MadeSecret } from '@/lib/access-tokens/secret-state';
import { secretSnippets } from '@/lib/access-tokens/snippets';
import { CommandBox } from '../command/command-box';
import { Switch } from '../switch/switch';

/** A secret just made, and how to use it. It is gone with the next page. */
export function SecretOnce({ made, host }: { made: MadeSecret; host: string }) {
  return (
    <div className="rounded-m border border-accent-line bg-accent-soft px-4 py-3.5" role="status">
      <h2 className="mb-2.5">{made.name} is ready. Copy it now: it is not shown again.</h2>
      <CommandBox isPrompt={false} isRaised text={made.secret} what="secret" />
      <div className="mt-3">
        <Switch
          legend="Use with"
          name="snippet"
          options={secretSnippets(host, made.username).map(({ label, text, isPrompt }) => ({
            label,
            panel: <CommandBox isPrompt={isPrompt} isRaised text={text} />,
          }))}
        />
      </div>
    </div>
  );
}
