import { pipelineJsonSchema } from '#shared/pipeline/json-schema.ts';
import type { CliContext } from '../context.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';

/** Writes the JSON Schema of pipeline files, whatever the format. */
export function schemaCommand({ output }: CliContext): ExitCode {
  output.json(pipelineJsonSchema());
  return EXIT.succeeded;
}
