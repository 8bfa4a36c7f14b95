import { z } from 'zod';

const goEventSchema = z.object({
  Action: z.string(),
  Package: z.string().optional(),
  ImportPath: z.string().optional(),
  Test: z.string().optional(),
  /** Seconds. */
  Elapsed: z.number().nonnegative().max(1e9).optional().catch(0),
  Output: z.string().optional(),
  /** The import path of what could not be built. */
  FailedBuild: z.string().optional(),
});
/** A line of `go test -json` (`go doc test2json`). */
export type GoEvent = z.infer<typeof goEventSchema>;

/** Null for a line that is no event. */
export function readGoEvent(line: string): GoEvent | null {
  if (!line.startsWith('{')) return null;
  try {
    const parsed = goEventSchema.safeParse(JSON.parse(line));
    return parsed.success ? parsed.data : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
