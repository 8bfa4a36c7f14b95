import { z } from 'zod';
import { parseDuration } from '../lib/durations.ts';
import { parseSize } from './parse-size.ts';

/**
 * A mapping with these keys and no others. The message of its unknown-key issue is the list of the keys that it
 * knows, from which `describe-issue.ts` makes the sentence with a suggestion.
 */
export function mapping<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.strictObject(shape, {
    error: (issue) => (issue.code === 'unrecognized_keys' ? Object.keys(shape).join(' ') : undefined),
  });
}

/** A non-empty text. Custom messages continue a sentence that starts with the key: "`name` must …". */
export const textSchema = z.string().min(1, 'must not be empty');

/** One text or a list of texts; always a list after parsing. */
export const textListSchema = z
  .union([textSchema, z.array(textSchema)])
  .transform((value) => (typeof value === 'string' ? [value] : value));

const DURATION = /^\s*(\d+(\.\d+)?|(\d+(\.\d+)?(ms|s|m|h|d))+)\s*$/;
const DURATION_MESSAGE = 'must be a duration such as 30s, 10m or 1h30m (a bare number is seconds)';

/** A length of time; milliseconds after parsing. */
export const durationSchema = z
  .union([z.string().regex(DURATION, DURATION_MESSAGE), z.number().min(0)], { error: DURATION_MESSAGE })
  .transform((value) => parseDuration(value) ?? 0);

/** A time limit: a duration above zero, in milliseconds after parsing. */
export const timeoutSchema = durationSchema.refine((ms) => ms > 0, 'must be longer than zero');

/** A text that starts with an expression, for a value that is no text. */
const expressionSchema = (message: string) => z.string().regex(/^\s*\$\{\{/, message);

/** A time limit, or an expression for one. */
export const openTimeoutSchema = z.union([timeoutSchema, expressionSchema(DURATION_MESSAGE)]);

/** A boolean, or an expression for one. */
export const openBooleanSchema = z.union(
  [z.boolean(), expressionSchema('must be a boolean, or an expression')],
  {
    error: 'must be a boolean, or an expression',
  },
);

const SIZE_MESSAGE = 'must be a size such as 512Mi or 2Gi (a bare number is bytes)';
const SIZE = /^\s*\d+(\.\d+)?\s*([kKMGT]i?)?B?\s*$/;

/** A size such as `512Mi` or `2Gi`; bytes after parsing. */
export const sizeSchema = z
  .union([z.string().regex(SIZE, SIZE_MESSAGE), z.number().min(0)], { error: SIZE_MESSAGE })
  .transform((value) => parseSize(value) ?? 0);

/** The names of environment variables. */
const environmentNameSchema = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'must be letters, digits and `_`, and must not start with a digit');

/** Environment variables. Numbers and booleans are taken as the file writes them (`1.10` stays `1.10`). */
export const environmentVariablesSchema = z.record(
  environmentNameSchema,
  z.union([z.string(), z.number(), z.boolean(), z.null()], { error: 'must be text, a number or a boolean' }),
);

/** The ids of stages, steps, inputs and outputs. */
export const idSchema = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_-]*$/, 'must be letters, digits, `_` and `-`, and start with a letter or `_`');

/** Names of values that an expression computes. */
export const outputsSchema = z.record(idSchema, z.string());

/** Whether a path is absolute or climbs out of the folder that it is relative to. Expressions are checked when they are known. */
export const leavesFolder = (path: string): boolean =>
  /^!?([/\\]|[A-Za-z]:)/.test(path) || path.replace(/^!/, '').split(/[/\\]/).includes('..');

/** A path below the workspace. */
export const insidePathSchema = textSchema.refine(
  (path) => !leavesFolder(path),
  'must be a relative path that stays inside the workspace',
);

/** One glob or a list of them, below the workspace; always a list after parsing. */
export const globsSchema = z
  .union([insidePathSchema, z.array(insidePathSchema)])
  .transform((value) => (typeof value === 'string' ? [value] : value));

/** A whole number above zero. */
export const countSchema = z.number().int('must be a whole number').min(1, 'must be at least 1');
