import type { z } from 'zod';

/** Reads a tool's JSON. @throws ZodError or SyntaxError when it is not what the tool writes; the stage is an infra-error then */
export function readJson<Schema extends z.ZodType>(text: string, schema: Schema): z.output<Schema> {
  return schema.parse(JSON.parse(text));
}
