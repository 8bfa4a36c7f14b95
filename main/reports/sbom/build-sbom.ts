import type { Component, Sbom } from '#shared/reports/sbom.ts';
import { clipText, createInterner } from '../text/clean-text.ts';

const MAX_WORDS = 1_000;

/** A component as a bill tells it. */
export interface ToldComponent extends Omit<Component, 'ref' | 'direct'> {
  /** By which the bill itself names it; null: by nothing. */
  readonly billRef: string | null;
}

export interface ToldBill {
  readonly format: string;
  readonly subject: Sbom['subject'];
  /** By which the bill names the thing itself. */
  readonly subjectRef: string | null;
  readonly components: readonly ToldComponent[];
  /** By the bill's own names. */
  readonly dependencies: readonly { readonly from: string; readonly to: readonly string[] }[];
}

/** A bill in the normal form: a package that a tree holds several times is one component, its names are package URLs. */
export function buildSbom(bill: ToldBill): Sbom {
  const intern = createInterner();
  const words = (text: string): string => intern(clipText(text, MAX_WORDS, 'start'));
  const refs = new Map<string, string>();
  const components = new Map<string, Component>();
  for (const told of bill.components) {
    const { billRef, ...rest } = told;
    const ref = words(told.purl ?? billRef ?? `${told.name}@${told.version ?? ''}`);
    if (billRef !== null && !refs.has(billRef)) refs.set(billRef, ref);
    const known = components.get(ref);
    components.set(ref, {
      ...rest,
      ref,
      name: words(told.name),
      version: told.version === null ? null : words(told.version),
      purl: told.purl === null ? null : words(told.purl),
      licenses: [...new Set([...(known?.licenses ?? []), ...told.licenses.map(words)])],
      scope: known?.scope === 'runtime' ? 'runtime' : told.scope,
      direct: false,
    });
  }
  if (bill.subjectRef !== null) refs.set(bill.subjectRef, '');
  const dependencies = new Map<string, Set<string>>();
  for (const { from, to } of bill.dependencies) {
    const source = refs.get(from);
    if (source === undefined) continue;
    const targets = dependencies.get(source) ?? new Set();
    for (const target of to) {
      const ref = refs.get(target);
      if (ref !== undefined && ref !== '' && ref !== source) targets.add(ref);
    }
    dependencies.set(source, targets);
  }
  for (const ref of dependencies.get('') ?? [])
    components.set(ref, { ...components.get(ref)!, direct: true });
  return {
    format: bill.format,
    subject: bill.subject,
    components: [...components.values()],
    dependencies: Array.from(dependencies, ([from, to]) => ({ from, to: [...to] })).filter(
      ({ to }) => to.length > 0,
    ),
  };
}
