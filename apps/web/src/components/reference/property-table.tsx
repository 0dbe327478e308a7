import { type OpenApiDocument, resolved, type Schema, typeText } from '@/lib/reference/document';
import { DataTable } from '../table/data-table';
import { CodeText } from './code-text';

interface Property {
  readonly name: string;
  readonly schema: Schema;
  readonly description?: string;
  readonly isRequired: boolean;
}

/** What can or must be given, or is answered; a schema's own properties where none are listed. */
export function PropertyTable({
  title,
  properties,
  schema,
  document,
}: {
  title: string;
  properties?: readonly Property[];
  schema?: Schema;
  document?: OpenApiDocument;
}) {
  const shown = properties ?? propertiesOf(document && resolved(document, schema));
  return (
    <div>
      {title && (
        <h3 className="mb-1.5">
          {title} {schema && <code className="font-normal text-ink-2">{typeText(schema)}</code>}
        </h3>
      )}
      {shown.length > 0 && (
        <DataTable label={title || typeText(schema)}>
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">Type</th>
              <th scope="col">Meaning</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((property) => (
              <tr key={property.name}>
                <th className="font-mono! text-[12px]" scope="row">
                  {property.name}
                  {!property.isRequired && (
                    <span className="font-sans font-normal text-ink-3"> optional</span>
                  )}
                </th>
                <td className="min-w-[110px]">
                  <code className="text-ink-2">{typeText(property.schema)}</code>
                </td>
                <td className="min-w-[180px] text-md text-ink-2">
                  <CodeText text={property.description ?? property.schema.description} />
                </td>
              </tr>
            ))}
          </tbody>
        </DataTable>
      )}
    </div>
  );
}

function propertiesOf(schema: Schema | undefined): Property[] {
  return Object.entries(schema?.properties ?? {}).map(([name, value]) => ({
    name,
    schema: value,
    isRequired: schema?.required?.includes(name) ?? false,
  }));
}
