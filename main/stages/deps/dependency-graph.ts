import type { Finding } from '#shared/reports/findings.ts';
import type { Metric } from '#shared/reports/metrics.ts';
import type { Component, Sbom } from '#shared/reports/sbom.ts';
import { metric } from '../tools/forms.ts';

/** What a project depends on, as its package manager resolved it. */
export interface DependencyGraph {
  /** Who read it: `npm`. */
  readonly tool: string;
  readonly sbom: Sbom;
  /** What is wrong with it: missing, invalid, extraneous. */
  readonly problems: readonly Finding[];
}

/** The parts of a bill while a graph is read. Components of one `ref` count once. */
export function createBill(subject: Sbom['subject']) {
  const components = new Map<string, Component>();
  const edges = new Map<string, Set<string>>();
  return {
    add(component: Component): void {
      const known = components.get(component.ref);
      if (known === undefined) components.set(component.ref, component);
      else if (component.direct && !known.direct) components.set(component.ref, { ...known, direct: true });
    },
    /** @param from `''` is the project itself */
    link(from: string, to: string): void {
      const targets = edges.get(from) ?? new Set();
      edges.set(from, targets.add(to));
    },
    done: (): Sbom => ({
      format: 'dependency graph',
      subject,
      components: [...components.values()].sort((a, b) => (a.ref < b.ref ? -1 : 1)),
      dependencies: [...edges].map(([from, to]) => ({ from, to: [...to].sort() })),
    }),
  };
}

/** `deps.*`: how many, how many of them by name, in more than one version, and how deep. */
export function graphMetrics({ components, dependencies }: Sbom): Metric[] {
  const versions = new Map<string, Set<string>>();
  for (const { name, version } of components) {
    versions.set(name, (versions.get(name) ?? new Set()).add(version ?? ''));
  }
  const duplicates = [...versions.values()].filter(({ size }) => size > 1).length;
  const direct = components.filter((one) => one.direct).length;
  return [
    metric('deps.total', components.length, 'count'),
    metric('deps.direct', direct, 'count', null),
    metric('deps.duplicates', duplicates, 'count'),
    metric('deps.depth', depthOf(dependencies), 'count'),
  ];
}

/** The longest of the shortest ways from the project to a package. */
export function depthOf(dependencies: Sbom['dependencies']): number {
  const targets = new Map(dependencies.map(({ from, to }) => [from, to]));
  const seen = new Set(['']);
  let layer = [''];
  for (let depth = 0; ; depth += 1) {
    const next: string[] = [];
    for (const ref of layer.flatMap((one) => targets.get(one) ?? [])) {
      if (!seen.has(ref)) next.push(ref);
      seen.add(ref);
    }
    if (next.length === 0) return depth;
    layer = next;
  }
}

/** A package URL. Parts of a name that is a path keep their slashes. */
export function purlOf(type: string, name: string, version: string | null): string {
  const encoded = name.split('/').map(encodeURIComponent).join('/');
  return `pkg:${type}/${encoded}${version === null ? '' : `@${encodeURIComponent(version)}`}`;
}
