import { z } from 'zod';
import { createBill, type DependencyGraph, purlOf } from '../dependency-graph.ts';

const metadataSchema = z.object({
  packages: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      version: z.string(),
      license: z.string().nullable(),
      source: z.string().nullable(),
    }),
  ),
  workspace_members: z.array(z.string()),
  resolve: z
    .object({
      root: z.string().nullable(),
      nodes: z.array(
        z.object({
          id: z.string(),
          deps: z.array(
            z.object({ pkg: z.string(), dep_kinds: z.array(z.object({ kind: z.string().nullable() })) }),
          ),
        }),
      ),
    })
    .nullable(),
});

/** Reads what `cargo metadata --format-version 1` printed. @throws Error when it is something else */
export function readCargoMetadata(text: string): DependencyGraph {
  const { packages, workspace_members, resolve } = metadataSchema.parse(JSON.parse(text));
  const own = new Set(workspace_members);
  const subject = packages.find(({ id }) => id === (resolve?.root ?? workspace_members[0]));
  const bill = createBill(subject === undefined ? null : { name: subject.name, version: subject.version });
  const refs = new Map(packages.map(({ id, name, version }) => [id, purlOf('cargo', name, version)]));
  const links = (resolve?.nodes ?? []).flatMap(({ id, deps }) => deps.map((dep) => ({ from: id, ...dep })));
  const direct = new Set(links.filter(({ from }) => own.has(from)).map(({ pkg }) => pkg));
  const runtime = new Set(
    links.filter(({ dep_kinds }) => dep_kinds.some(({ kind }) => kind !== 'dev')).map(({ pkg }) => pkg),
  );
  for (const { id, name, version, license } of packages) {
    if (own.has(id)) continue;
    const ref = purlOf('cargo', name, version);
    bill.add({
      ...{ ref, purl: ref, name, version, type: 'library', direct: direct.has(id) },
      licenses: license === null ? [] : [license.replaceAll('/', ' OR ')],
      scope: runtime.has(id) ? 'runtime' : 'development',
    });
  }
  for (const { from, pkg } of links) {
    const to = refs.get(pkg);
    if (to !== undefined && !own.has(pkg)) bill.link(own.has(from) ? '' : (refs.get(from) ?? ''), to);
  }
  return { tool: 'cargo', sbom: bill.done(), problems: [] };
}
