import type { CatalogKind } from '#shared/api/procedures/kind.ts';
import { pipelineJsonSchema } from '#shared/pipeline/json-schema.ts';
import type { ValuePath } from '#shared/pipeline/source-map.ts';
import { alternativesOf, type Definitions, type JsonSchema } from '../../form/schema/json-schema.ts';

/** What a value may be, with the definitions that its references mean. */
export interface SchemaPart {
  readonly schema: JsonSchema;
  readonly definitions: Definitions;
}

/** What the text says beside a path, for schemas that depend on it. */
export interface TextAround {
  readonly kinds: readonly CatalogKind[];
  /** The scalars of the mapping at the first `depth` steps of the path. */
  readonly entriesAt: (depth: number) => ReadonlyMap<string, string>;
}

let file: SchemaPart | null = null;

function fileSchema(): SchemaPart {
  if (file === null) {
    const schema = pipelineJsonSchema() as JsonSchema;
    file = { schema, definitions: schema.definitions ?? {} };
  }
  return file;
}

/** What the value at a path may be; empty where anything may stand, or nothing. `with` is that of the kind in `uses`. */
export function schemasAt(path: ValuePath, around: TextAround): readonly SchemaPart[] {
  let parts: readonly SchemaPart[] = [fileSchema()];
  for (const [depth, step] of path.entries()) {
    const kind = step === 'with' ? kindAt(around, depth) : undefined;
    parts =
      kind === undefined
        ? parts.flatMap((part) => below(part, step))
        : [
            {
              schema: kind.settings,
              definitions: (kind.settings as JsonSchema).definitions ?? {},
            },
          ];
  }
  return parts.flatMap(({ schema, definitions }) =>
    alternativesOf(schema, definitions).map((option) => ({
      schema: withWordsOf(option, schema),
      definitions,
    })),
  );
}

/** The kind that the mapping at a depth of the path uses. */
export function kindAt({ kinds, entriesAt }: TextAround, depth: number): CatalogKind | undefined {
  const id = entriesAt(depth).get('uses');
  return kinds.find((kind) => kind.id === id);
}

function below({ schema, definitions }: SchemaPart, step: string | number): readonly SchemaPart[] {
  return alternativesOf(schema, definitions).flatMap(({ items, properties, additionalProperties }) => {
    const inner =
      typeof step === 'number'
        ? items
        : (ownProperty(properties, step) ??
          (typeof additionalProperties === 'object' ? additionalProperties : undefined));
    return inner === undefined ? [] : [{ schema: inner, definitions }];
  });
}

const ownProperty = (properties: JsonSchema['properties'], key: string): JsonSchema | undefined =>
  properties !== undefined && Object.hasOwn(properties, key) ? properties[key] : undefined;

/** An alternative says what it is; what it is for stands around the alternatives. */
function withWordsOf(
  option: JsonSchema,
  { description, default: initial, examples }: JsonSchema,
): JsonSchema {
  return {
    ...option,
    ...(description !== undefined && { description }),
    ...(initial !== undefined && { default: initial }),
    ...(examples !== undefined && { examples }),
  };
}
