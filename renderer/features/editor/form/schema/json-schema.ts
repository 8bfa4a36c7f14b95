/** The part of JSON Schema (draft 7) that the schemas of the pipeline file and of kinds use. */
export interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
  readonly $ref?: string;
  readonly definitions?: Readonly<Record<string, JsonSchema>>;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | JsonSchema;
  readonly propertyNames?: JsonSchema;
  readonly items?: JsonSchema;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
  readonly title?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  /** How a form asks for the value, where its type does not say. */
  readonly 'x-control'?: string;
}

export type Definitions = Readonly<Record<string, JsonSchema>>;

/** The schema behind a reference; what stands beside the reference wins. */
export function resolveSchema(schema: JsonSchema, definitions: Definitions): JsonSchema {
  const { $ref, allOf, ...own } = schema;
  const [only] = allOf?.length === 1 ? allOf : [];
  if (only !== undefined) return { ...resolveSchema(only, definitions), ...own };
  if ($ref === undefined) return schema;
  const target = definitions[$ref.replace('#/definitions/', '')];
  return target === undefined ? own : { ...resolveSchema(target, definitions), ...own };
}

/** The alternatives that a schema leaves, nested ones included; a schema without any is the only one of its own. */
export function alternativesOf(schema: JsonSchema, definitions: Definitions): readonly JsonSchema[] {
  const resolved = resolveSchema(schema, definitions);
  if (resolved.anyOf !== undefined)
    return resolved.anyOf.flatMap((option) => alternativesOf(option, definitions));
  if (typeof resolved.type === 'object') return resolved.type.map((type) => ({ ...resolved, type }));
  return [resolved];
}
