import { z } from 'zod';
import { createBill, type DependencyGraph, purlOf } from '../dependency-graph.ts';

const moduleSchema = z.object({
  Path: z.string(),
  Version: z.string().optional(),
  Main: z.boolean().optional(),
  Indirect: z.boolean().optional(),
});
const modulesSchema = z.array(moduleSchema);

/**
 * Reads modules and who needs whom.
 * @param list what `go list -m -json all` printed: objects, one behind the other
 * @param graph what `go mod graph` printed: `from to` in each line
 * @throws Error when it is something else
 */
export function readGoModules(list: string, graph: string): DependencyGraph {
  const text = list.trim().replaceAll(/^\}\s*^\{/gm, '},{');
  const modules = modulesSchema.parse(JSON.parse(`[${text}]`));
  const main = modules.find((one) => one.Main === true);
  const bill = createBill(main === undefined ? null : { name: main.Path, version: null });
  const chosen = new Map<string, string>();
  for (const { Path, Version = null, Main, Indirect } of modules) {
    if (Main === true) continue;
    const ref = purlOf('golang', Path, Version);
    chosen.set(Path, ref);
    bill.add({
      ...{ ref, purl: ref, name: Path, version: Version, type: 'library', licenses: [] },
      ...{ scope: 'unknown', direct: Indirect !== true },
    });
  }
  for (const line of graph.split('\n')) {
    const [from, to] = line
      .trim()
      .split(' ')
      .map((word) => word.split('@')[0]);
    const target = chosen.get(to ?? '');
    const source = from === main?.Path ? '' : chosen.get(from ?? '');
    if (target !== undefined && source !== undefined) bill.link(source, target);
  }
  return { tool: 'go', sbom: bill.done(), problems: [] };
}
