import { z } from 'zod';
import { pipelineFileSchema, projectIdSchema, projectSchema } from '../schemas.ts';
import { templateOfferSchema } from '../template-schemas.ts';
import { base } from './base.ts';

export const projectProcedures = {
  /** Most recently opened first. */
  list: base.route({ method: 'GET', path: '/projects', tags: ['projects'] }).output(z.array(projectSchema)),
  /** Adds a folder, or opens it again; idempotent. */
  add: base
    .route({ method: 'POST', path: '/projects', tags: ['projects'] })
    .input(z.object({ dir: z.string() }))
    .output(projectSchema),
  get: base
    .route({ method: 'GET', path: '/projects/{projectId}', tags: ['projects'] })
    .input(z.object({ projectId: projectIdSchema }))
    .output(projectSchema),
  /** Takes it off the list; neither the folder nor its runs are touched. */
  remove: base
    .route({ method: 'DELETE', path: '/projects/{projectId}', tags: ['projects'] })
    .input(z.object({ projectId: projectIdSchema }))
    .output(z.object({ removed: z.boolean() })),
  /** Makes the sample project (a real Git repository) in the data folder if it is not there, and opens it. */
  openSample: base
    .route({ method: 'POST', path: '/projects/sample', tags: ['projects'] })
    .output(projectSchema),
  pipelines: base
    .route({ method: 'GET', path: '/projects/{projectId}/pipelines', tags: ['projects'] })
    .input(z.object({ projectId: projectIdSchema }))
    .output(z.array(pipelineFileSchema)),
  /** First pipelines for the project, written for what is in its folder; those that fit it come first, with the reason. */
  templates: base
    .route({ method: 'GET', path: '/projects/{projectId}/templates', tags: ['projects'] })
    .input(z.object({ projectId: projectIdSchema }))
    .output(z.array(templateOfferSchema)),
  /**
   * How many files of the project's folder globs match now, as a stage would find them there; `!` excludes. The search
   * passes over `.git`, `node_modules` unless a glob names it, and links, and gives up after a few seconds.
   */
  matchFiles: base
    .route({ method: 'GET', path: '/projects/{projectId}/files', tags: ['projects'] })
    .input(
      z.object({ projectId: projectIdSchema, globs: z.array(z.string().min(1).max(1_000)).min(1).max(50) }),
    )
    .output(
      z.object({
        count: z.number().int(),
        /** The first of them, by name. */
        files: z.array(z.string()),
        /** The search took too long: nothing was counted. */
        isPartial: z.boolean(),
      }),
    ),
};
