import { z } from 'zod';

const metafileSchema = z.object({
  outputs: z.record(
    z.string(),
    z.object({
      entryPoint: z.string().optional(),
      cssBundle: z.string().optional(),
      imports: z.array(z.object({ path: z.string(), kind: z.string(), external: z.boolean().optional() })),
    }),
  ),
});

export interface Entry {
  /** As it stands in the project: `src/main.ts`. */
  readonly name: string;
  /** Its file, relative to the kind's folder. */
  readonly file: string;
  readonly css: string | null;
  /** All that a browser loads at once for it: the file, what it imports statically, and its style. */
  readonly files: readonly string[];
}

export interface Bundle {
  readonly entries: readonly Entry[];
  /** Every file that was written, sorted; source maps left out. */
  readonly files: readonly string[];
}

/** Reads what esbuild's `--metafile` says. @throws Error when it is something else */
export function readMetafile(text: string): Bundle {
  const { outputs } = metafileSchema.parse(JSON.parse(text));
  const reachable = (file: string, seen: Set<string>): Set<string> => {
    if (seen.has(file) || outputs[file] === undefined) return seen;
    seen.add(file);
    for (const { path, kind } of outputs[file].imports) {
      if (kind !== 'dynamic-import') reachable(path, seen);
    }
    return seen;
  };
  const entries = Object.entries(outputs).flatMap(([file, { entryPoint, cssBundle }]) => {
    if (entryPoint === undefined) return [];
    const files = reachable(file, new Set());
    if (cssBundle !== undefined) files.add(cssBundle);
    return [{ name: entryPoint, file, css: cssBundle ?? null, files: [...files].sort() }];
  });
  return {
    entries,
    files: Object.keys(outputs)
      .filter((file) => !file.endsWith('.map'))
      .sort(),
  };
}
