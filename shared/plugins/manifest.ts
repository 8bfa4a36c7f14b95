import { z } from 'zod';

/** Names as GitHub takes them, and no path. */
export const pluginNameSchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]{0,62}$/, 'must be lower-case letters, digits, `-`, `_` and `.`');

const textSchema = z.union([z.string(), z.number(), z.boolean()]).transform(String);

const inputSchema = z.looseObject({
  description: z.string().optional(),
  required: z.union([z.boolean(), z.stringbool()]).optional(),
  default: textSchema.optional(),
  deprecationMessage: z.string().optional(),
  /** Ours: a JSON Schema for the value, for forms and checks. */
  'x-schema': z.record(z.string(), z.unknown()).optional(),
});

const envSchema = z.record(z.string(), textSchema);

const compositeStepSchema = z.looseObject({
  id: z.string().optional(),
  name: z.string().optional(),
  if: textSchema.optional(),
  run: z.string().optional(),
  shell: z.string().optional(),
  uses: z.string().optional(),
  with: z.record(z.string(), z.unknown()).optional(),
  env: envSchema.optional(),
  'working-directory': z.string().optional(),
  'continue-on-error': z.union([z.boolean(), z.stringbool()]).optional(),
});
export type CompositeStep = z.output<typeof compositeStepSchema>;

const nodeRunsSchema = z.looseObject({
  using: z.string().regex(/^node\d+$/, 'must be node20, node24, composite or docker'),
  main: z.string(),
  pre: z.string().optional(),
  post: z.string().optional(),
  'pre-if': z.string().optional(),
  'post-if': z.string().optional(),
});
export type NodeRuns = z.output<typeof nodeRunsSchema>;

const compositeRunsSchema = z.looseObject({
  using: z.literal('composite'),
  steps: z.array(compositeStepSchema).min(1).max(500),
});
export type CompositeRuns = z.output<typeof compositeRunsSchema>;

const dockerRunsSchema = z.looseObject({
  using: z.literal('docker'),
  /** `Dockerfile`, or `docker://image`. */
  image: z.string(),
  args: z.array(textSchema).optional(),
  env: envSchema.optional(),
  entrypoint: z.string().optional(),
});
export type DockerRuns = z.output<typeof dockerRunsSchema>;

const runsSchema = z.union([nodeRunsSchema, compositeRunsSchema, dockerRunsSchema], {
  error: '`runs.using` must be node20, node24, composite or docker, with what that needs',
});

/**
 * An `action.yml`.
 * @see GitHub Actions, "Metadata syntax reference"
 */
export const actionManifestSchema = z.looseObject({
  name: z.string().min(1).max(200),
  description: z.string().max(5_000).optional(),
  author: z.string().optional(),
  inputs: z.record(z.string().regex(/^[A-Za-z_][\w .-]*$/), inputSchema.nullable()).default({}),
  outputs: z
    .record(
      z.string(),
      z.looseObject({ description: z.string().optional(), value: z.string().optional() }).nullable(),
    )
    .default({}),
  runs: runsSchema,
});
export type ActionManifest = z.output<typeof actionManifestSchema>;
