import { z } from 'zod';
import { pipelineFileSchema } from './schema.ts';

/**
 * The JSON Schema (draft 7, which editors know best) of the pipeline file, with a description of every key.
 * Checks that no JSON Schema can express (cycles, kinds, expressions) are those of `parsePipeline` alone.
 * @returns a new plain object at every call
 */
export function pipelineJsonSchema(): object {
  return {
    title: 'Pipewright pipeline',
    ...z.toJSONSchema(pipelineFileSchema, { target: 'draft-7', io: 'input' }),
  };
}
