import { z } from 'zod';
import type { Finding } from '#shared/reports/findings.ts';
import { finding } from '../../tools/forms.ts';
import { createBill, type DependencyGraph, purlOf } from '../dependency-graph.ts';

/** What `npm ls --all --long --json` says of a package. */
interface NpmNode {
  readonly name?: string | undefined;
  readonly version?: string | undefined;
  readonly required?: unknown;
  readonly license?: unknown;
  readonly dev?: boolean | undefined;
  readonly missing?: boolean | undefined;
  readonly extraneous?: boolean | undefined;
  readonly invalid?: unknown;
  readonly dependencies?: Readonly<Record<string, NpmNode>> | undefined;
}

const nodeSchema: z.ZodType<NpmNode> = z.lazy(() =>
  z.object({
    name: z.string().optional(),
    version: z.string().optional(),
    required: z.unknown().optional(),
    license: z.unknown().optional(),
    dev: z.boolean().optional(),
    missing: z.boolean().optional(),
    extraneous: z.boolean().optional(),
    invalid: z.unknown().optional(),
    // With `--long`, packages that are not unfolded tell what their package.json says: ranges, not nodes.
    dependencies: z
      .record(z.string(), z.unknown())
      .optional()
      .transform((all) =>
        all === undefined
          ? undefined
          : Object.fromEntries(
              Object.entries(all).flatMap(([name, child]) =>
                typeof child === 'object' && child !== null ? [[name, nodeSchema.parse(child)]] : [],
              ),
            ),
      ),
  }),
);

/** Reads what `npm ls --all --long --json` printed. @throws Error when it is something else */
export function readNpmTree(json: unknown): DependencyGraph {
  const root = nodeSchema.parse(json);
  const bill = createBill({ name: root.name ?? 'project', version: root.version ?? null });
  const problems = new Map<string, Finding>();
  const visit = (parent: NpmNode, from: string, by: string): void => {
    for (const [key, node] of Object.entries(parent.dependencies ?? {})) {
      const name = node.name ?? key;
      const fault = problemOf(node, key, by);
      if (fault !== null) problems.set(fault.fingerprint + by, fault);
      // An optional package that is not for this machine.
      if (node.version === undefined) continue;
      const ref = purlOf('npm', name, node.version);
      bill.add({
        ...{ ref, purl: ref, name, version: node.version, type: 'library' },
        licenses: licensesOf(node.license),
        scope: node.dev === true ? 'development' : 'runtime',
        direct: from === '' && node.extraneous !== true,
      });
      bill.link(from, ref);
      visit(node, ref, `${name}@${node.version}`);
    }
  };
  visit(root, '', root.name ?? 'the project');
  return { tool: 'npm', sbom: bill.done(), problems: [...problems.values()] };
}

function problemOf(node: NpmNode, name: string, by: string): Finding | null {
  const about = `${name}@${node.version ?? describe(node.required)}`;
  const base = { tool: 'npm', file: 'package.json', package: about };
  if (node.missing === true) {
    const message = `${name} is missing: ${by} needs ${describe(node.required)}.`;
    return finding({ ...base, ruleId: 'missing', severity: 'high', message });
  }
  if (node.invalid !== undefined && node.invalid !== false) {
    const wanted = typeof node.invalid === 'string' ? ` where ${node.invalid} is needed` : '';
    return finding({ ...base, ruleId: 'invalid', severity: 'high', message: `${about} is there${wanted}.` });
  }
  if (node.extraneous === true) {
    const message = `${about} is installed, but nothing needs it.`;
    return finding({ ...base, ruleId: 'extraneous', severity: 'low', message });
  }
  return null;
}

const describe = (value: unknown): string =>
  typeof value === 'string' && value !== '' ? value : 'any version';

function licensesOf(license: unknown): string[] {
  if (typeof license === 'string' && license !== '') return [license];
  const named = z.object({ type: z.string() }).safeParse(license);
  return named.success ? [named.data.type] : [];
}
