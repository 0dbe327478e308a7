import {
  type Call,
  type Content,
  type OpenApiDocument,
  type Parameter,
  type Schema,
  typeText,
} from '@/lib/reference/document';
import { Chip, type ChipTone } from '../chip/chip';
import { CodeText } from './code-text';
import { PropertyTable } from './property-table';

const tones: Readonly<Record<string, ChipTone>> = { GET: 'on', DELETE: 'bad' };

/** All calls about one thing, each to be opened. */
export function CallGroup({
  name,
  anchor,
  calls,
  document,
}: {
  name: string;
  anchor: string;
  calls: readonly Call[];
  document: OpenApiDocument;
}) {
  return (
    <section className="mt-7 scroll-mt-20" id={anchor}>
      <h2 className="mb-2 text-xl">{name}</h2>
      <div className="rounded-m border border-line bg-panel">
        {calls.map((call) => (
          <CallEntry call={call} document={document} key={call.id} />
        ))}
      </div>
    </section>
  );
}

function CallEntry({ call, document }: { call: Call; document: OpenApiDocument }) {
  const { operation } = call;
  return (
    <details className="border-b border-line last:border-b-0">
      <summary className="flex flex-wrap items-baseline gap-x-3 gap-y-1 px-4 py-2.5">
        <Chip tone={tones[call.method]}>{call.method}</Chip>
        <code className="min-w-0 break-all">{call.path}</code>
        <span className="ml-auto text-md text-ink-3">{call.title}</span>
      </summary>
      <div className="grid grid-cols-1 gap-4 px-4 pt-1 pb-4">
        {(operation.description ?? operation.summary) && (
          <p className="text-[13.5px] text-ink-2">
            <CodeText text={operation.description ?? operation.summary} />
          </p>
        )}
        <Parameters parameters={operation.parameters ?? []} />
        <Body content={operation.requestBody} document={document} />
        <Answers responses={operation.responses ?? {}} />
      </div>
    </details>
  );
}

function Parameters({ parameters }: { parameters: readonly Parameter[] }) {
  if (parameters.length === 0) return null;
  return (
    <PropertyTable
      properties={parameters.map(({ name, in: place, required, description, schema }) => ({
        name: place === 'path' ? `{${name}}` : `?${name}`,
        schema: schema ?? {},
        description,
        isRequired: required ?? false,
      }))}
      title="Parameters"
    />
  );
}

function Body({ content, document }: { content?: Content; document: OpenApiDocument }) {
  const schema = schemaOf(content);
  return schema ? <PropertyTable document={document} schema={schema} title="Body" /> : null;
}

function Answers({ responses }: { responses: Readonly<Record<string, Content>> }) {
  return (
    <ul className="text-md">
      {Object.entries(responses).map(([status, content]) => (
        <li key={status}>
          <b>{status}</b> <SchemaLink schema={schemaOf(content)} /> <CodeText text={content.description} />
        </li>
      ))}
    </ul>
  );
}

function SchemaLink({ schema }: { schema: Schema | undefined }) {
  if (!schema) return null;
  const name = typeText(schema);
  return schema.$ref ? (
    <a href={`#${name}`}>
      <code>{name}</code>
    </a>
  ) : (
    <code>{name}</code>
  );
}

function schemaOf(content: Content | undefined): Schema | undefined {
  return content?.content?.['application/json']?.schema;
}
