import { z } from 'zod';
import { projectIdSchema } from '../schemas.ts';
import { base } from './base.ts';

/** A kind of the stage catalog, as palettes and forms need it. */
export const catalogKindSchema = z.object({
  /** `family.name`: what `uses` says. */
  id: z.string(),
  /** The part before the dot. */
  family: z.string(),
  /** Two or three words. */
  title: z.string(),
  /** One line. */
  summary: z.string(),
  /** Markdown. */
  help: z.string(),
  /**
   * The JSON Schema (draft 7) of `with`: an object whose properties have a `description` and may have a `title`, a
   * `default`, `examples` and `x-control`.
   */
  settings: z.record(z.string(), z.unknown()),
  /** The names of the tools that it may use. */
  tools: z.array(z.string()),
  outputs: z.array(z.object({ name: z.string(), description: z.string() })),
  /** A typical `with`. */
  example: z.record(z.string(), z.unknown()),
});
export type CatalogKind = z.infer<typeof catalogKindSchema>;

export const kindProcedures = {
  /** The stage catalog, by id: the same as long as the host runs, but for the plugins of a project. */
  list: base
    .route({ method: 'GET', path: '/kinds', tags: ['pipelines'] })
    .input(z.object({ projectId: projectIdSchema.optional() }).optional())
    .output(z.array(catalogKindSchema)),
};
