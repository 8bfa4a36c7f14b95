import { z } from 'zod';
import { folderEntrySchema } from '../schemas.ts';
import { base } from './base.ts';

export const folderProcedures = {
  /** Sub-folders of a folder, for choosing one where no native dialog is; without `dir` the home folder. */
  list: base
    .route({ method: 'GET', path: '/folders', tags: ['projects'] })
    .input(z.object({ dir: z.string().optional() }))
    .output(
      z.object({ dir: z.string(), parent: z.string().nullable(), entries: z.array(folderEntrySchema) }),
    ),
};
