import { z } from 'zod';
import { concurrencySchema, containerSchema, retrySchema, runsOnSchema } from './schema-execution.ts';
import { includeSchema, stateSchema } from './schema-results.ts';
import { stagesSchema, stageSchema } from './schema-stage.ts';
import { hooksSchema, workFields } from './schema-steps.ts';
import { inputsSchema, onSchema } from './schema-triggers.ts';
import {
  countSchema,
  durationSchema,
  environmentVariablesSchema,
  idSchema,
  mapping,
  outputsSchema,
  textListSchema,
  textSchema,
  timeoutSchema,
} from './schema-values.ts';

const STATUS_CHANGES = [
  'succeeded',
  'failed',
  'fixed',
  'cancelled',
  'interrupted',
  'waiting-approval',
] as const;

const notificationSchema = mapping({
  when: z
    .array(z.enum(STATUS_CHANGES, { error: `must be one of ${STATUS_CHANGES.join(', ')}` }))
    .optional()
    .describe('The changes of status to tell; `failed` and `fixed` unless set.'),
  desktop: z.boolean().optional().describe('A notification of the desktop.'),
  email: mapping({
    to: textListSchema.describe('The addresses.'),
    subject: textSchema.optional().describe('The subject; may hold expressions.'),
  })
    .optional()
    .describe('An e-mail.'),
  webhook: mapping({
    url: textSchema.describe('Where the message is posted; name a secret for a private address.'),
    format: z.enum(['json', 'slack', 'teams', 'discord']).optional().describe('The shape of the message.'),
    template: textSchema.optional().describe('The text; may hold expressions.'),
  })
    .optional()
    .describe('An HTTP request.'),
});

const secretsSchema = z.union([
  textListSchema,
  z.record(
    z.string(),
    z.union([
      z.null(),
      mapping({
        description: z.string().optional().describe('What the secret is for.'),
        required: z.boolean().optional().describe('Whether a run is refused without it.'),
      }),
    ]),
  ),
]);

const defaultsSchema = mapping({
  timeout: timeoutSchema.optional().describe('The time limit of stages that set none.'),
  shell: workFields.shell,
  'working-directory': workFields['working-directory'],
  env: environmentVariablesSchema.optional().describe('Environment variables of every stage.'),
  'runs-on': runsOnSchema.optional().describe('Where stages run that do not say it.'),
  container: containerSchema.optional().describe('The container of stages that name none.'),
  retry: retrySchema.optional().describe('How stages are tried again that do not say it.'),
  'continue-on-error': z.boolean().optional().describe('For stages that do not say it.'),
});

const reusablePipelineSchema = mapping({
  name: z.string().optional().describe('Shown instead of the id.'),
  inputs: inputsSchema.optional().describe('What a caller hands over in `with`.'),
  outputs: outputsSchema.optional().describe('What a caller gets back.'),
  env: environmentVariablesSchema.optional().describe('Environment variables of its stages.'),
  stages: stagesSchema.describe('The stages by id.'),
});

/** The whole pipeline file, every key of the format included; `unsupported.ts` names those without behaviour yet. */
export const pipelineFileSchema = mapping({
  name: z.string().optional().describe('The name of the pipeline; the name of the file unless set.'),
  on: onSchema.optional().describe('What starts a run; only people do unless set.'),
  include: includeSchema
    .optional()
    .describe('Other files of the project whose templates, stages, inputs and variables are used here.'),
  inputs: inputsSchema.optional().describe('Values that a run is given, asked for in the run form.'),
  env: environmentVariablesSchema.optional().describe('Environment variables of every stage.'),
  vars: environmentVariablesSchema.optional().describe('Fixed values, read as `vars.<name>`.'),
  secrets: secretsSchema.optional().describe('The secrets that the pipeline knows.'),
  workspace: z
    .enum(['shared', 'isolated', 'in-place'], { error: 'must be one of shared, isolated, in-place' })
    .default('shared')
    .describe('Where stages work: one copy of the project per run, one per stage, or the project itself.'),
  concurrency: concurrencySchema.optional().describe('Runs of the same group do not run at the same time.'),
  timeout: timeoutSchema.optional().describe('The time limit of the whole run.'),
  'fail-fast': z.boolean().optional().describe('Whether the first failure cancels the rest of the run.'),
  'max-parallel': countSchema.optional().describe('How many stages of a run run at the same time at most.'),
  'on-restart': z
    .enum(['resume', 'wait'], { error: 'must be resume or wait' })
    .optional()
    .describe('Whether an interrupted run goes on by itself.'),
  retention: mapping({
    age: durationSchema.optional().describe('Older runs are removed.'),
    runs: countSchema.optional().describe('So many of the newest runs are kept.'),
  })
    .optional()
    .describe('Which runs `pipewright gc` keeps; pinned and deployed runs always stay.'),
  state: stateSchema.optional().describe('Small named values that outlive a run.'),
  defaults: defaultsSchema.optional().describe('What holds for stages that do not say it themselves.'),
  templates: z.record(idSchema, stageSchema).optional().describe('Parts of stages, for `extends`.'),
  pipelines: z.record(idSchema, reusablePipelineSchema).optional().describe('Pipelines that stages call.'),
  stages: stagesSchema.describe('The stages by id: what the pipeline does.'),
  outputs: outputsSchema.optional().describe('What a pipeline gets back that calls this file.'),
  notifications: z.array(notificationSchema).optional().describe('Who is told of what.'),
  hooks: hooksSchema.optional().describe('Steps that run after the run.'),
});

/** A pipeline file as it is after checking: durations in milliseconds, sizes in bytes, short forms made long. */
export type PipelineFile = z.output<typeof pipelineFileSchema>;
