import { z } from 'zod';
import { addressFault } from '../lib/repository-address.ts';
import { durationSchema, idSchema, mapping, textListSchema, textSchema } from './schema-values.ts';

const nothing = z.null();

const refFilter = {
  branches: textListSchema.optional().describe('Only these branches; globs, and `!` excludes.'),
  'branches-ignore': textListSchema.optional().describe('All branches but these.'),
  tags: textListSchema.optional().describe('Only these tags; globs, and `!` excludes.'),
  'tags-ignore': textListSchema.optional().describe('All tags but these.'),
  paths: textListSchema.optional().describe('Only when a file that matches one of these globs changed.'),
  'paths-ignore': textListSchema.optional().describe('Not when only files that match these globs changed.'),
};

const pushSchema = mapping({
  ...refFilter,
  remote: textSchema.optional().describe('The remote to ask for new commits; `origin` unless set.'),
  every: durationSchema.optional().describe('How often the remote is asked.'),
});

const MIN_POLL_MS = 10_000;

const pollSchema = mapping({
  url: textSchema
    .refine(
      (url) => addressFault(url) !== 'no-address',
      'must be an address such as https://example.com/acme/shop.git, or the name of a remote',
    )
    .refine(
      (url) => addressFault(url) !== 'has-password',
      'must hold no password: name the secret that holds it in `secret`',
    )
    .optional()
    .describe(
      'The repository to ask: an address with https, ssh or git, or the name of a remote; `origin` unless set.',
    ),
  ...refFilter,
  every: durationSchema
    .refine((ms) => ms >= MIN_POLL_MS, 'must be at least 10s')
    .optional()
    .describe('How often it is asked; 5m unless set, and at least 10s.'),
  username: textSchema
    .optional()
    .describe('Who signs in over https with the secret; `x-access-token` unless set, which fits tokens.'),
  secret: textSchema
    .optional()
    .describe(
      'Name of the secret with the password or token for https. Unless set, what Git finds without asking counts.',
    ),
});

const cronSchema = z.union([
  textSchema,
  mapping({
    cron: textSchema.describe('The times, as a cron expression of five fields.'),
    timezone: textSchema.optional().describe('The time zone of the times, such as `Europe/Berlin`.'),
  }),
]);

const watchSchema = z.union([
  textListSchema,
  mapping({
    paths: textListSchema.describe('Globs of the files to watch.'),
    ignore: textListSchema
      .optional()
      .describe('Globs of files that never start a run; `.gitignore` holds too.'),
    debounce: durationSchema.optional().describe('How long it must be quiet before a run starts.'),
  }),
]);

const hookSchema = z.union([nothing, mapping({ branches: refFilter.branches, paths: refFilter.paths })]);

const webhookSchema = z.union([
  nothing,
  mapping({
    secret: textSchema.optional().describe('Name of the secret that signs the payloads.'),
    events: textListSchema.optional().describe('Only these events of the sender.'),
    branches: refFilter.branches,
  }),
]);

const triggersSchema = mapping({
  manual: z
    .union([nothing, mapping({})])
    .optional()
    .describe('Started by a person, from the window or the command line.'),
  push: z.union([nothing, pushSchema]).optional().describe('New commits on a remote.'),
  poll: z
    .union([nothing, pollSchema])
    .optional()
    .describe('New commits, branches or tags of a repository, which is asked every so often.'),
  'pull-request': z
    .union([nothing, mapping(refFilter)])
    .optional()
    .describe('A pull request opened or updated.'),
  schedule: z
    .union([cronSchema, z.array(cronSchema)])
    .optional()
    .describe('Times, as cron expressions.'),
  watch: watchSchema.optional().describe('Files of the project changed on this machine.'),
  'pre-commit': hookSchema.optional().describe('Before a Git commit; a failing run stops it.'),
  'pre-push': hookSchema.optional().describe('Before a Git push; a failing run stops it.'),
  webhook: webhookSchema.optional().describe('A signed HTTP request to the local webhook endpoint.'),
});

export const TRIGGERS = Object.keys(triggersSchema.shape);

const triggerNameSchema = z.enum(TRIGGERS, { error: `must be one of ${TRIGGERS.join(', ')}` });

/** What starts a run: one name, a list of names, or a mapping of names to filters. */
export const onSchema = z.union([triggerNameSchema, z.array(triggerNameSchema), triggersSchema]);

const inputSchema = mapping({
  type: z
    .enum(['string', 'number', 'boolean', 'choice'], {
      error: 'must be one of string, number, boolean, choice',
    })
    .default('string')
    .describe('What a value must be; `string` unless set.'),
  description: z.string().optional().describe('Shown beside the field in the run form.'),
  required: z.boolean().default(false).describe('Whether a run must be given a value.'),
  default: z
    .union([z.string(), z.number(), z.boolean()], { error: 'must be text, a number or a boolean' })
    .optional()
    .describe('The value when a run is given none.'),
  options: z
    .array(z.union([z.string(), z.number()], { error: 'must be text or a number' }))
    .min(1, 'must list at least one option')
    .optional()
    .describe('The values to choose from, for the type `choice`.'),
});

/** The values that a run is given. */
export const inputsSchema = z.record(
  idSchema,
  z.union([z.null().transform(() => inputSchema.parse({})), inputSchema]),
);
