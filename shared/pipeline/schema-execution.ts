import { z } from 'zod';
import {
  countSchema,
  durationSchema,
  environmentVariablesSchema,
  idSchema,
  mapping,
  sizeSchema,
  textListSchema,
  textSchema,
  timeoutSchema,
} from './schema-values.ts';

const labelsSchema = textListSchema.refine((labels) => labels.length > 0, 'must name at least one label');

/** Where a stage runs. */
export const runsOnSchema = z.union(
  [
    z.enum(['local', 'docker', 'pool']),
    mapping({
      pool: textSchema.describe('The pool of team runners.'),
      labels: textListSchema.optional().describe('What the runner must offer.'),
    }),
    mapping({
      ssh: z
        .union(
          [
            textSchema.describe('The host, as the SSH configuration names it.'),
            mapping({ labels: labelsSchema.describe('What the host must offer.') }),
          ],
          { error: 'must be the name of a host or { labels: […] }' },
        )
        .describe('The host, as the SSH configuration names it, or any with all of the `labels`.'),
    }),
  ],
  { error: 'must be local, docker, { pool: …, labels: […] } or { ssh: … }' },
);

const healthSchema = mapping({
  cmd: textSchema.describe('The command that succeeds once the service is ready.'),
  interval: timeoutSchema.optional().describe('How often the command is tried.'),
  timeout: timeoutSchema.optional().describe('The time limit of one try.'),
  retries: countSchema.optional().describe('How often the command may fail.'),
  'start-period': durationSchema.optional().describe('How long failures do not count.'),
});

const portSchema = z.union([z.number().int().min(1).max(65_535), textSchema], {
  error: 'must be a port such as 5432 or "8080:80"',
});

const containerFields = {
  image: textSchema.describe('The image, such as `node:24`.'),
  env: environmentVariablesSchema.optional().describe('Environment variables of the container.'),
  ports: z.array(portSchema).optional().describe('Ports to publish.'),
  volumes: textListSchema.optional().describe('Folders to mount, as `from:to`.'),
  user: z.union([z.string(), z.number()]).optional().describe('The user inside of the container.'),
  network: textSchema.optional().describe('The network to join.'),
  pull: z.enum(['always', 'missing', 'never']).optional().describe('When the image is fetched.'),
  platform: textSchema.optional().describe('The platform of the image, such as `linux/arm64`.'),
  credentials: mapping({
    username: textSchema.describe('The name at the registry.'),
    password: textSchema.describe('The password or token, as `${{ secrets.NAME }}`.'),
  })
    .optional()
    .describe('For the registry of the image, instead of those of your Docker configuration.'),
  options: textSchema.optional().describe('Options of `docker create`, such as `--shm-size 256m`.'),
  privileged: z
    .boolean()
    .optional()
    .describe('Whether the container has all rights; needs the permission of the user.'),
};

/** The container that a stage runs in. */
export const containerSchema = z.union([
  textSchema.transform((image) => ({ image })),
  mapping(containerFields),
]);

/** What runs beside a stage: containers, or processes of this machine. */
export const servicesSchema = z.record(
  idSchema,
  mapping({
    run: textSchema
      .optional()
      .describe('The command of a service that is a process of this machine, instead of `image`.'),
    ...containerFields,
    image: containerFields.image.optional(),
    command: textListSchema.optional().describe('The command, instead of that of the image.'),
    health: healthSchema.optional().describe('How it is known that the service is ready.'),
    // For editors of text; here it is said in a sentence by `check-services.ts`.
  }).meta({ oneOf: [{ required: ['image'] }, { required: ['run'] }] }),
);

const limitSchema = sizeSchema.refine((bytes) => bytes > 0, 'must be above zero');

/** What a stage may use of the machine. */
export const resourcesSchema = mapping({
  cpus: z.number().positive('must be above zero').optional().describe('Number of processors.'),
  memory: limitSchema.optional().describe('Memory, such as `1Gi`.'),
  disk: limitSchema.optional().describe('Disk space, such as `10Gi`.'),
  pids: countSchema.optional().describe('Number of processes and threads.'),
});

/** The place that a stage deploys to. */
export const environmentSchema = z.union([
  textSchema.transform((name) => ({ name, url: undefined })),
  mapping({
    name: textSchema.describe('The name of the environment.'),
    url: textSchema.optional().describe('Where it can be seen.'),
  }),
]);

/** More than this is a mistake, or a loop that someone should see. */
const MAX_RETRIES = 100;

const retryCountSchema = z
  .number()
  .int('must be a whole number')
  .min(0, 'must not be below zero')
  .max(MAX_RETRIES, `must be at most ${MAX_RETRIES}`);

const jitterSchema = z.union(
  [z.boolean(), z.number().min(0, 'must be from 0 to 1').max(1, 'must be from 0 to 1')],
  {
    error: 'must be a boolean, or a number from 0 to 1',
  },
);

/** How often, when and after what a stage is tried again. */
export const retrySchema = z.union([
  retryCountSchema.transform((max) => ({ max })),
  mapping({
    max: retryCountSchema.describe('How often the stage is tried again at most.'),
    backoff: z
      .enum(['constant', 'linear', 'exponential'], { error: 'must be one of constant, linear, exponential' })
      .optional()
      .describe('How the wait grows from try to try.'),
    delay: durationSchema.optional().describe('The first wait.'),
    'max-delay': durationSchema.optional().describe('The longest wait.'),
    jitter: jitterSchema
      .optional()
      .describe('The share of a wait that is left to chance, from 0 to 1; `true` is a half.'),
    on: z
      .array(
        z.enum(['failed', 'timed-out', 'infra-error'], {
          error: 'must be one of failed, timed-out, infra-error',
        }),
      )
      .optional()
      .describe('The outcomes after which it is tried again.'),
  }),
]);

/** Runs or stages of one group do not run at the same time. */
export const concurrencySchema = z.union([
  textSchema.transform((group) => ({ group, 'cancel-in-progress': false })),
  mapping({
    group: textSchema.describe('The name of the group; may hold expressions.'),
    'cancel-in-progress': z.boolean().default(false).describe('Whether a new one cancels the one that runs.'),
  }),
]);

const legSchema = z.record(z.string(), z.unknown());
const axisSchema = z.union([z.array(z.unknown()), z.string().regex(/^\s*\$\{\{/)], {
  error: 'must be a list of values or an expression',
});
const legsSchema = z.union([z.array(legSchema), z.string().regex(/^\s*\$\{\{/)], {
  error: 'must be a list of mappings or an expression',
});

/** One stage run once for each combination of values. */
export const matrixSchema = z.union([
  z.string().regex(/^\s*\$\{\{/, 'must be a mapping of names to lists of values, or an expression'),
  z
    .object({
      include: legsSchema.optional().describe('Combinations to add, or values to add to combinations.'),
      exclude: legsSchema.optional().describe('Combinations to leave out.'),
      'fail-fast': z.boolean().optional().describe('Whether one failure cancels the other combinations.'),
      'max-parallel': countSchema.optional().describe('How many combinations run at the same time at most.'),
    })
    .catchall(axisSchema),
]);

/** A stage that waits for a person. */
export const approvalSchema = mapping({
  message: textSchema.optional().describe('What the person is asked.'),
  approvers: textListSchema.optional().describe('Who may answer; anyone unless set.'),
  timeout: timeoutSchema.optional().describe('How long to wait.'),
  'on-timeout': z
    .enum(['reject', 'approve'], { error: 'must be reject or approve' })
    .optional()
    .describe('What happens then; `reject` unless set.'),
});
