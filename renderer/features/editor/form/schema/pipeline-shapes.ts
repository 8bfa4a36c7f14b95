import { pipelineJsonSchema } from '#shared/pipeline/json-schema.ts';
import type { FieldSpec } from './field-shape.ts';
import type { JsonSchema } from './json-schema.ts';
import { readFields } from './read-shape.ts';
import { REFINEMENTS, refine } from './refinements.ts';

export interface PipelineShapes {
  /** By key. */
  readonly file: ReadonlyMap<string, FieldSpec>;
  /** Of a pipeline that the file holds for its stages to call. */
  readonly pipeline: ReadonlyMap<string, FieldSpec>;
  readonly stage: ReadonlyMap<string, FieldSpec>;
  readonly step: ReadonlyMap<string, FieldSpec>;
}

let shapes: PipelineShapes | null = null;

/** What a form asks for each key of the pipeline file; made from the schema of the format when first needed. */
export function pipelineShapes(): PipelineShapes {
  shapes ??= readShapes(pipelineJsonSchema());
  return shapes;
}

function readShapes(schema: JsonSchema): PipelineShapes {
  const definitions = schema.definitions ?? {};
  const fieldsOf = (part: JsonSchema | undefined, place: string): ReadonlyMap<string, FieldSpec> =>
    new Map(
      readFields(part ?? {}, definitions).map((field) => [field.key, refine(field, place, REFINEMENTS)]),
    );
  const { additionalProperties } = schema.properties?.['pipelines'] ?? {};
  const pipeline = typeof additionalProperties === 'object' ? additionalProperties : {};
  return {
    file: fieldsOf(schema, 'file'),
    pipeline: fieldsOf(pipeline, 'file'),
    stage: fieldsOf(definitions['Stage'], 'stage'),
    step: fieldsOf(definitions['Step'], 'step'),
  };
}
