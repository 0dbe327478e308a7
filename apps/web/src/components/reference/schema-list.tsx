import type { OpenApiDocument } from '@/lib/reference/document';
import { PropertyTable } from './property-table';

/** What bodies and answers are made of. */
export function SchemaList({ document }: { document: OpenApiDocument }) {
  const schemas = Object.keys(document.components?.schemas ?? {}).sort();
  return (
    <section className="mt-7 scroll-mt-20" id="schemas">
      <h2 className="mb-2 text-xl">schemas</h2>
      <div className="rounded-m border border-line bg-panel">
        {schemas.map((name) => (
          <details className="scroll-mt-20 border-b border-line last:border-b-0" id={name} key={name}>
            <summary className="px-4 py-2.5 font-mono text-md">{name}</summary>
            <div className="px-4 pb-4">
              <PropertyTable document={document} schema={{ $ref: `#/components/schemas/${name}` }} title="" />
            </div>
          </details>
        ))}
      </div>
    </section>
  );
}
