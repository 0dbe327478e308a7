import { formatExact } from '@/lib/format/time';
import { shellWords } from '@/lib/image/shell-words';
import type { ImageConfig } from '@/lib/registry-api/types';
import { Facts } from '../page/facts';
import { NameValues } from '../page/name-values';
import { Panel } from '../panel/panel';

/** How a container of this image starts, and what is written on it. */
export function ConfigView({ config }: { config: ImageConfig }) {
  const labels = Object.entries(config.labels);
  const variables = config.env.map(splitVariable);
  return (
    <>
      <Panel title="Start">
        <Facts
          isWide
          facts={[
            ['Entrypoint', <Code key="entrypoint" text={shellWords(config.entrypoint)} />],
            ['Command', <Code key="command" text={shellWords(config.cmd)} />],
            ['Working directory', <Code key="directory" text={config.workingDir ?? '/'} />],
            ['User', <Code key="user" text={config.user || 'root'} />],
            ['Ports', <Code key="ports" text={config.exposedPorts.join(', ')} />],
            ['Volumes', <Code key="volumes" text={config.volumes.join(', ')} />],
            ['Stop signal', config.stopSignal && <Code text={config.stopSignal} />],
            ['Platform', [config.os, config.architecture, config.variant].filter(Boolean).join('/')],
            ['Created', config.created && formatExact(new Date(config.created))],
            ['Author', config.author && <bdi>{config.author}</bdi>],
          ]}
        />
      </Panel>
      {variables.length > 0 && (
        <section>
          <h2 className="mb-2.5">Environment</h2>
          <NameValues entries={variables} label="Environment" />
        </section>
      )}
      {labels.length > 0 && (
        <section>
          <h2 className="mb-2.5">Labels</h2>
          <NameValues entries={labels} label="Labels" />
        </section>
      )}
    </>
  );
}

function Code({ text }: { text: string }) {
  return text === '' ? <span className="text-ink-3">none</span> : <code>{text}</code>;
}

function splitVariable(text: string): [string, string] {
  const equals = text.indexOf('=');
  return equals === -1 ? [text, ''] : [text.slice(0, equals), text.slice(equals + 1)];
}
