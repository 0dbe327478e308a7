import type { Metadata } from 'next';
import { CommandBox } from '@/components/command/command-box';
import { PageHead } from '@/components/page/page-head';
import { CallGroup } from '@/components/reference/call-group';
import { CodeText } from '@/components/reference/code-text';
import { SchemaList } from '@/components/reference/schema-list';
import { publicUrl } from '@/lib/env';
import { groupCalls } from '@/lib/reference/document';
import { readReference } from '@/lib/registry-api/reference';

export const metadata: Metadata = { title: 'API reference' };

export default async function ApiPage() {
  const document = await readReference();
  const groups = [...groupCalls(document)];
  return (
    <div className="columns-filters">
      <nav
        aria-label="On this page"
        className="flex flex-wrap gap-x-4 gap-y-1 text-[13.5px] min-[860px]:flex-col"
      >
        {groups.map(([name]) => (
          <a href={`#${anchor(name)}`} key={name}>
            {name}
          </a>
        ))}
        <a href="#schemas">schemas</a>
      </nav>
      <div className="min-w-0 max-w-[860px]">
        <PageHead title="API reference">
          <p>
            <CodeText text={document.info.description} /> Errors are <code>application/problem+json</code>,
            and lists go on with the <code>cursor</code> of the page before. The same as a document:{' '}
            <a href="/api/v1/openapi.json">openapi.json</a>.
          </p>
        </PageHead>
        <CommandBox text={`curl -H "Authorization: Bearer $BERTH_TOKEN" ${publicUrl.origin}/api/v1/me`} />
        {groups.map(([name, calls]) => (
          <CallGroup anchor={anchor(name)} calls={calls} document={document} key={name} name={name} />
        ))}
        <SchemaList document={document} />
      </div>
    </div>
  );
}

function anchor(name: string): string {
  return name.replaceAll(/[^a-z0-9]+/gi, '-');
}
