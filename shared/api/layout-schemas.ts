import { z } from 'zod';

const pointSchema = z.object({ x: z.number(), y: z.number() });

/**
 * Where people put stages on the canvas, in pixels: by scope ('' is the file's own stages, else the name of one of its
 * `pipelines`), then by stage. Stages without a place are laid out.
 */
export const stagePlacesSchema = z.record(z.string(), z.record(z.string(), pointSchema));
export type StagePlaces = z.infer<typeof stagePlacesSchema>;
