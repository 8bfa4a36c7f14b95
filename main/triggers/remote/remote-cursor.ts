import { z } from 'zod';
import type { RemoteRefs } from './remote-refs.ts';

/** How far a remote was looked at. */
export interface RemoteCursor {
  /** Which repository the refs are of, as `sourceOf` says it; null where an older Pipewright wrote it. */
  readonly source: string | null;
  /** Moves up to these are dealt with. */
  readonly refs: RemoteRefs;
  /** The move that was being dealt with; whether its run is there, the store of runs knows. Epoch milliseconds. */
  readonly pending: { readonly ref: string; readonly commit: string; readonly sinceMs: number } | null;
}

const refsSchema = z.record(z.string(), z.string());
const cursorSchema = z.object({
  source: z.string().nullable(),
  refs: refsSchema,
  pending: z.object({ ref: z.string(), commit: z.string(), sinceMs: z.number() }).nullable(),
});

export const formatRemoteCursor = (cursor: RemoteCursor): string => JSON.stringify(cursor);

/** Null for none, for one of another form, and for one of another repository. An older Pipewright kept the refs alone. */
export function parseRemoteCursor(text: string | null, source: string): RemoteCursor | null {
  const value = jsonOf(text);
  const refs = refsSchema.safeParse(value);
  if (refs.success) return { source: null, refs: refs.data, pending: null };
  const cursor = cursorSchema.safeParse(value);
  if (!cursor.success) return null;
  return cursor.data.source === null || cursor.data.source === source ? cursor.data : null;
}

function jsonOf(text: string | null): unknown {
  try {
    return text === null ? null : JSON.parse(text);
  } catch {
    // Not ours: as if there were none.
    return null;
  }
}
