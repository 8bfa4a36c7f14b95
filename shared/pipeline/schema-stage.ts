import { z } from 'zod';
import {
  approvalSchema,
  concurrencySchema,
  containerSchema,
  environmentSchema,
  matrixSchema,
  resourcesSchema,
  retrySchema,
  runsOnSchema,
  servicesSchema,
} from './schema-execution.ts';
import {
  artifactsSchema,
  cacheSchema,
  gateSchema,
  reportsSchema,
  skipIfUnchangedSchema,
} from './schema-results.ts';
import { stageHooksSchema, stepSchema, workFields } from './schema-steps.ts';
import {
  countSchema,
  idSchema,
  mapping,
  outputsSchema,
  textListSchema,
  textSchema,
  timeoutSchema,
} from './schema-values.ts';

/** The keys that say what a stage does; a stage has exactly one of them. */
export const BODY_KEYS = ['run', 'uses', 'steps', 'approval', 'pipeline'] as const;

/** Secrets: names, or environment variables with the names of their secrets. */
const secretsSchema = z.union([textListSchema, z.record(z.string(), textSchema)]);

/** A stage of the pipeline. */
export const stageSchema = mapping({
  ...workFields,
  needs: textListSchema.optional().describe('The stages that must have succeeded before this one starts.'),
  steps: z
    .array(stepSchema)
    .min(1, 'must list at least one step')
    .optional()
    .describe('Scripts and kinds that run one after another.'),
  approval: approvalSchema.optional().describe('Waits until a person has approved.'),
  pipeline: textSchema.optional().describe('Runs another pipeline: a name of `pipelines`, or a file.'),
  extends: textListSchema
    .optional()
    .describe('Templates whose keys this stage takes over; its own keys win.'),
  matrix: matrixSchema.optional().describe('Runs the stage once for each combination of values.'),
  artifacts: artifactsSchema
    .optional()
    .describe('Files to keep and to hand to the stages that need this one.'),
  reports: reportsSchema.optional().describe('Reports that the stage writes.'),
  outputs: outputsSchema.optional().describe('Values for the stages that need this one.'),
  gate: gateSchema
    .optional()
    .describe('Conditions over the reports; the stage fails when one does not hold.'),
  retry: retrySchema.optional().describe('Tries the stage again after a failure.'),
  cache: cacheSchema.optional().describe('Files that are kept between runs.'),
  'skip-if-unchanged': skipIfUnchangedSchema
    .optional()
    .describe('Reuses the last results when nothing has changed.'),
  secrets: secretsSchema.optional().describe('The secrets that the stage may read, and no others.'),
  environment: environmentSchema.optional().describe('The environment that the stage deploys to.'),
  'runs-on': runsOnSchema.optional().describe('Where the stage runs; `local` unless set.'),
  container: containerSchema.optional().describe('The container that the stage runs in.'),
  services: servicesSchema.optional().describe('Containers or processes that run beside the stage.'),
  'idle-timeout': timeoutSchema
    .optional()
    .describe('How long the stage may write nothing before it counts as hanging and is ended.'),
  grace: timeoutSchema
    .optional()
    .describe('How long processes that are asked to end may take before they are ended by force.'),
  resources: resourcesSchema.optional().describe('What the stage may use of the machine.'),
  concurrency: concurrencySchema.optional().describe('Stages of the same group do not run at the same time.'),
  slots: countSchema.optional().describe('How many of the places for running stages this one takes.'),
  locks: textListSchema
    .optional()
    .describe('Names of locks that the stage holds while it runs, across all runs.'),
  state: textListSchema.optional().describe('Names of the values of `state` that the stage may write.'),
  hooks: stageHooksSchema.optional().describe('Scripts that run after the stage.'),
}).meta({ id: 'Stage' });

/** The stages by id, in the order of the file. */
export const stagesSchema = z.record(idSchema, stageSchema);
