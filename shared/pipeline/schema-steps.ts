import { z } from 'zod';
import {
  environmentVariablesSchema,
  idSchema,
  insidePathSchema,
  mapping,
  openBooleanSchema,
  openTimeoutSchema,
  textSchema,
} from './schema-values.ts';

/** A condition: a boolean, or an expression with or without `${{ }}`. */
export const conditionSchema = z.union([z.boolean(), textSchema], {
  error: 'must be an expression or a boolean',
});

/** The settings of a kind; each kind has a schema of its own. */
export const withSchema = z.record(z.string(), z.unknown());

/** The keys that stages and steps share. */
export const workFields = {
  name: z.string().optional().describe('Shown instead of the id.'),
  run: textSchema
    .optional()
    .describe('A script, run by `sh -e` (PowerShell on Windows) unless `shell` says otherwise.'),
  uses: textSchema.optional().describe('A kind of the catalog, such as `test.unit`.'),
  with: withSchema
    .optional()
    .describe('The settings of the kind in `uses`, or the inputs of the pipeline in `pipeline`.'),
  env: environmentVariablesSchema
    .optional()
    .describe('Environment variables; they win over those further out.'),
  shell: textSchema
    .optional()
    .describe('The program that runs the scripts, such as `bash`, `pwsh`, `python` or `bash -e {0}`.'),
  'working-directory': insidePathSchema
    .optional()
    .describe('The folder to work in, relative to the workspace.'),
  timeout: openTimeoutSchema
    .optional()
    .describe('The time limit; afterwards the whole process tree is ended.'),
  'continue-on-error': openBooleanSchema
    .optional()
    .describe('Whether the rest goes on as if a failure had not happened.'),
  if: conditionSchema.optional().describe('Only run when this expression is true; `success()` unless set.'),
};

/** One of the things that a stage does, one after another in the same workspace. */
export const stepSchema = mapping({
  id: idSchema.optional().describe('The name under which `steps.<id>.outputs` is read.'),
  ...workFields,
}).meta({ id: 'Step' });

const hookStepsSchema = z.union([stepSchema.transform((step) => [step]), z.array(stepSchema)]);

/** Scripts that follow a stage's own work, in its workspace. */
export const stageHooksSchema = mapping({
  success: textSchema.optional().describe('A script that runs after success.'),
  failure: textSchema.optional().describe('A script that runs after a failure.'),
});

/** Steps that follow the end of a run. */
export const hooksSchema = mapping({
  success: hookStepsSchema.optional().describe('Steps that run after success.'),
  failure: hookStepsSchema.optional().describe('Steps that run after a failure.'),
  always: hookStepsSchema.optional().describe('Steps that run whatever happened.'),
});
