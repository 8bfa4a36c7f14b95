import type { z } from 'zod';

/** What is wrong, by the path of the field: `smtp.port`. The path of the whole is empty. */
export type FieldErrors = Readonly<Record<string, string>>;

/** A draft as a value that can be stored, or what stands in the way. */
export type ReadDraft<Value> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly errors: FieldErrors };

/** What a schema says of a value; of several problems of a field the first. */
export function readWith<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
): ReadDraft<z.output<Schema>> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return { ok: true, value: parsed.data };
  const errors: Record<string, string> = {};
  for (const { path, message } of parsed.error.issues) errors[path.join('.')] ??= message;
  return { ok: false, errors };
}

/** The error of a field or of anything within it, such as an item of its list. */
export function errorAt(errors: FieldErrors, path: string): string | undefined {
  const key = Object.keys(errors).find((each) => each === path || each.startsWith(`${path}.`));
  return key === undefined ? undefined : errors[key];
}

/** What a number's field says; NaN for what is no number, which a schema refuses. Null: empty. */
export function numberOf(text: string): number | null {
  const trimmed = text.trim().replace(',', '.');
  if (trimmed === '') return null;
  return /^-?\d+(\.\d+)?$/.test(trimmed) ? Number(trimmed) : Number.NaN;
}
