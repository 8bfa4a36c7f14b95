import type { Component, Sbom } from '#shared/reports/sbom.ts';

/**
 * One bill of several, each component once. The subject is that of the first bill; what the others are about is one of its
 * components only if a bill lists it.
 */
export function mergeSboms(sboms: readonly Sbom[]): Sbom {
  const [first, ...others] = sboms;
  if (first === undefined) throw new Error('There is no bill to merge.');
  if (others.length === 0) return first;
  const components = new Map<string, Component>();
  const dependencies = new Map<string, Set<string>>();
  for (const bill of sboms) {
    for (const component of bill.components) {
      const known = components.get(component.ref);
      components.set(component.ref, {
        ...component,
        licenses: [...new Set([...(known?.licenses ?? []), ...component.licenses])],
        scope: known?.scope === 'runtime' ? 'runtime' : component.scope,
        direct: component.direct || known?.direct === true,
      });
    }
    for (const { from, to } of bill.dependencies) {
      dependencies.set(from, new Set([...(dependencies.get(from) ?? []), ...to]));
    }
  }
  return {
    format: first.format,
    subject: first.subject,
    components: [...components.values()],
    dependencies: Array.from(dependencies, ([from, to]) => ({ from, to: [...to] })),
  };
}
