import { z } from 'zod';
import { pipelineStageSchema } from './schemas.ts';

/** A first pipeline for a project, as it would be written. */
export const templateOfferSchema = z.object({
  /** Such as `node`. */
  id: z.string(),
  /** Two or three words. */
  title: z.string(),
  /** One line: what the pipeline does. */
  summary: z.string(),
  /** What else a search finds it by. */
  keywords: z.array(z.string()),
  /** What in the project speaks for it; null when nothing does. */
  reason: z.string().nullable(),
  /** The whole file. */
  text: z.string(),
  /** The graph of that text. */
  stages: z.array(pipelineStageSchema),
});
export type TemplateOffer = z.infer<typeof templateOfferSchema>;
