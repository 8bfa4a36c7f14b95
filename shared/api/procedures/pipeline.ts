import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { MAX_FILE_BYTES } from '../../pipeline/limits.ts';
import { MAX_CHANGED } from '../../run/events.ts';
import { pipelineViewSchema, projectIdSchema, stageNameSchema } from '../schemas.ts';
import { SIMULATED_EVENTS, simulationSchema } from '../simulation-schemas.ts';
import { headSchema, savedSchema, sourceSchema } from '../source-schemas.ts';
import { base } from './base.ts';

const refNameSchema = z.string().min(1).max(400);

const fileSchema = z.object({ projectId: projectIdSchema, file: z.string() });

export const pipelineProcedures = {
  /** The file as it is edited: its text, the hash that saving asks for, and why it cannot be changed, if so. */
  read: base
    .route({ method: 'GET', path: '/projects/{projectId}/source', tags: ['pipelines'] })
    .input(fileSchema)
    .output(sourceSchema),
  /** What is on disk, at once and again whenever that has changed; null while the file is gone. */
  follow: base
    .route({ method: 'GET', path: '/projects/{projectId}/source/changes', tags: ['pipelines'] })
    .input(fileSchema)
    .output(eventIterator(z.object({ source: sourceSchema.nullable() }))),
  /**
   * Replaces the file, at once or not at all, if it still has the hash that its text was made from; else nothing is
   * written and the answer tells what is there. `file-read-only`, `file-not-written` or `disk-full` when it cannot be written.
   */
  save: base
    .route({ method: 'PUT', path: '/projects/{projectId}/source', tags: ['pipelines'] })
    .input(
      fileSchema.extend({
        text: z.string().max(MAX_FILE_BYTES),
        baseHash: z.string(),
        /** Writes whatever is there, and also when nothing is. */
        overwrite: z.boolean().default(false),
      }),
    )
    .output(savedSchema),
  /** Makes a new file, `pipewright.yml` or `.pipewright/NAME.yml`; `file-exists` when there is one. */
  create: base
    .route({ method: 'POST', path: '/projects/{projectId}/source', tags: ['pipelines'] })
    .input(fileSchema.extend({ text: z.string().max(MAX_FILE_BYTES) }))
    .output(sourceSchema),
  /** What Git knows of the file. */
  head: base
    .route({ method: 'GET', path: '/projects/{projectId}/source/head', tags: ['pipelines'] })
    .input(fileSchema)
    .output(headSchema),
  /** A file that pipelines of the project include or call; null when there is none, or it may not be read. */
  readIncluded: base
    .route({ method: 'GET', path: '/projects/{projectId}/included', tags: ['pipelines'] })
    .input(z.object({ projectId: projectIdSchema, path: z.string().min(1).max(1_000) }))
    .output(z.object({ text: z.string().nullable() })),
  get: base
    .route({ method: 'GET', path: '/projects/{projectId}/pipeline', tags: ['pipelines'] })
    .input(fileSchema)
    .output(pipelineViewSchema),
  /** A value whenever the file's content changed on disk. */
  watch: base
    .route({ method: 'GET', path: '/projects/{projectId}/pipeline/changes', tags: ['pipelines'] })
    .input(fileSchema)
    .output(eventIterator(pipelineViewSchema)),
  /**
   * What a run would do, and why, in an assumed situation; starts, stores and changes nothing, and needs no trust.
   * `pipeline-invalid` when the file or the inputs have errors, with them in its details.
   */
  simulate: base
    .route({ method: 'POST', path: '/projects/{projectId}/pipeline/simulate', tags: ['pipelines'] })
    .input(
      z.object({
        projectId: projectIdSchema,
        file: z.string(),
        /** What the file is to say, when that is not saved yet. */
        text: z.string().max(MAX_FILE_BYTES).optional(),
        event: z.enum(SIMULATED_EVENTS).default('manual'),
        /** Default: the project's own. */
        branch: refNameSchema.optional(),
        /** Instead of a branch. */
        tag: refNameSchema.optional(),
        /** Paths relative to the repository; left out, no filter of paths stands in the way. */
        changed: z.array(z.string()).max(MAX_CHANGED).optional(),
        inputs: z.record(z.string(), z.string()).default({}),
        stages: z.array(stageNameSchema).optional(),
        maxParallel: z.number().int().min(1).max(1024).optional(),
      }),
    )
    .output(simulationSchema),
};
