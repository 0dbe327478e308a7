/** What the page of the API's reference reads of an OpenAPI document. */
export interface OpenApiDocument {
  readonly info: { readonly description?: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, OpenApiOperation>>>>;
  readonly components?: { readonly schemas?: Readonly<Record<string, Schema>> };
}

export interface OpenApiOperation {
  readonly operationId?: string;
  readonly description?: string;
  readonly summary?: string;
  readonly tags?: readonly string[];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: Content;
  readonly responses?: Readonly<Record<string, Content>>;
}

export interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly description?: string;
  readonly schema?: Schema;
}

export interface Content {
  readonly description?: string;
  readonly content?: Readonly<Record<string, { readonly schema?: Schema }>>;
}

export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly description?: string;
  readonly enum?: readonly unknown[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly allOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
}

/** One call of the API, as its reference shows it. */
export interface Call {
  /** `get /api/v1/me`: unique. */
  readonly id: string;
  readonly method: string;
  readonly path: string;
  /** `List tags`. */
  readonly title: string;
  readonly operation: OpenApiOperation;
}

/** The calls by what they are about, each group in the document's order. */
export function groupCalls(document: OpenApiDocument): Map<string, Call[]> {
  const groups = new Map<string, Call[]>();
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      const group = operation.tags?.[0] ?? 'other';
      const call = {
        id: `${method} ${path}`,
        method: method.toUpperCase(),
        path,
        title: titleOf(operation),
        operation,
      };
      groups.set(group, [...(groups.get(group) ?? []), call]);
    }
  }
  return groups;
}

/** `listTeamMembers` → `List team members`. */
function titleOf({ operationId = '' }: OpenApiOperation): string {
  const words = operationId.replace(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`).trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The schema itself, where a reference stands for it. */
export function resolved(document: OpenApiDocument, schema: Schema | undefined): Schema | undefined {
  if (!schema?.$ref) return schema;
  return document.components?.schemas?.[schemaName(schema.$ref)];
}

/** `string or null`, `list of Tag`, `public | private`. */
export function typeText(schema: Schema | undefined): string {
  if (!schema) return 'anything';
  if (schema.$ref) return schemaName(schema.$ref);
  if (schema.enum) return schema.enum.map(String).join(' | ');
  const either = schema.anyOf ?? schema.oneOf ?? schema.allOf;
  if (either) return [...new Set(either.map(typeText))].join(' or ');
  const types = typeof schema.type === 'string' ? [schema.type] : (schema.type ?? ['anything']);
  return types.map((type) => nameOfType(type, schema)).join(' or ');
}

function nameOfType(type: string, schema: Schema): string {
  if (type === 'array') return `list of ${typeText(schema.items)}`;
  return type === 'string' && schema.format === 'date-time' ? 'time' : type;
}

function schemaName(reference: string): string {
  return reference.slice(reference.lastIndexOf('/') + 1);
}
