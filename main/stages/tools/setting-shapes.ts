import { z } from 'zod';
import { SEVERITIES } from '#shared/reports/severity.ts';

/** One glob or several. */
export const globsSetting = z.union([z.string().min(1), z.array(z.string().min(1))]);

export const listOf = <Value>(value: Value | readonly Value[] | undefined): readonly Value[] =>
  value === undefined ? [] : Array.isArray(value) ? (value as readonly Value[]) : [value as Value];

export const failOnSetting = z.enum([...SEVERITIES, 'never']);

/** A positional value: nothing that a tool could take for one of its options. */
export const wordSetting = z
  .string()
  .min(1)
  .refine((text) => !text.startsWith('-'), 'must not begin with `-`');
