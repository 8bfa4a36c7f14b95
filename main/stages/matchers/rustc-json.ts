import { z } from 'zod';
import { type Problem, severityOf } from './matcher.ts';

const place = z.number().int().positive();
const spanSchema = z.object({
  file_name: z.string(),
  line_start: place,
  line_end: place,
  column_start: place,
  column_end: place,
  is_primary: z.boolean(),
});
const diagnosticSchema = z.object({
  level: z.string(),
  message: z.string(),
  code: z.object({ code: z.string() }).nullable(),
  spans: z.array(spanSchema),
});
const lineSchema = z.union([
  z
    .object({ reason: z.literal('compiler-message'), message: diagnosticSchema })
    .transform(({ message }) => message),
  diagnosticSchema,
]);

/** A line of `cargo build --message-format=json`, or of `rustc --error-format=json`; null: another message. */
export function problemOfRustJson(line: string): Problem | null {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch {
    // A line of a program that begins with a brace.
    return null;
  }
  const parsed = lineSchema.safeParse(json);
  if (!parsed.success) return null;
  const { level, message, code, spans } = parsed.data;
  const span = spans.find(({ is_primary }) => is_primary) ?? spans[0];
  if (span === undefined) return null;
  return {
    ...{ ruleId: code?.code ?? level, severity: severityOf(level), message, file: span.file_name },
    ...{ line: span.line_start, column: span.column_start },
    ...{ endLine: span.line_end, endColumn: span.column_end },
  };
}
