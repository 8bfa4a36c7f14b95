import { z } from 'zod';
import type { NormalForm } from '#shared/reports/normal-form.ts';
import { asOperand } from '../findings/batches.ts';
import { endsWith } from '../findings/file-tool.ts';
import { asFindings, type FoundProblem } from '../findings/make-report.ts';
import type { DocsTool } from './docs-tool.ts';
import { readJson } from './json.ts';
import { hasFile, projectFile } from './project-file.ts';

const CONFIGS = [
  'typedoc.json',
  'typedoc.jsonc',
  'typedoc.config.js',
  'typedoc.config.cjs',
  'typedoc.config.mjs',
];

/** What of the code that others may use has words on it. */
export const TYPEDOC: DocsTool = {
  takes: endsWith('ts', 'tsx', 'mts', 'cts'),
  allAtOnce: true,
  adapter: {
    tool: {
      name: 'typedoc',
      bins: ['typedoc'],
      install: 'npm install --save-dev typedoc',
      minVersion: '0.26',
      isNodePackage: true,
    },
    fits: async (context, { entryPoints }) =>
      entryPoints.length > 0 ||
      (await hasFile(context, ...CONFIGS)) ||
      /"typedocOptions"\s*:/.test((await projectFile(context, 'package.json')) ?? ''),
    argv: ({ entryPoints, args }, { scratch, context }) => [
      '--json',
      [scratch, 'typedoc.json'].join(context.paths.separator),
      '--displayBasePath',
      context.seen.cwd,
      ...args,
      ...entryPoints.map(asOperand),
    ],
    exit: { 0: 'clean', 4: 'clean' },
    reports: [{ from: { file: 'typedoc.json' }, format: readTypedoc }],
  },
};

interface Reflection {
  readonly name: string;
  readonly kind: number;
  readonly comment?: unknown;
  readonly flags?: { readonly isPrivate?: boolean; readonly isExternal?: boolean } | undefined;
  readonly children?: readonly Reflection[] | undefined;
  readonly signatures?: readonly { readonly comment?: unknown }[] | undefined;
  readonly getSignature?: { readonly comment?: unknown } | undefined;
  readonly sources?: readonly { readonly fileName: string; readonly line: number }[] | undefined;
}

const commented = z.object({ comment: z.unknown().optional() });
const reflectionSchema: z.ZodType<Reflection> = z.object({
  name: z.string(),
  kind: z.number(),
  comment: z.unknown().optional(),
  flags: z.object({ isPrivate: z.boolean().optional(), isExternal: z.boolean().optional() }).optional(),
  get children() {
    return z.array(reflectionSchema).optional();
  },
  signatures: z.array(commented).optional(),
  getSignature: commented.optional(),
  sources: z.array(z.object({ fileName: z.string(), line: z.number() })).optional(),
});

/** Typedoc's numbers for what one writes words on: enum, variable, function, class, interface, property, method, accessor, type. */
const COUNTED = new Set([8, 32, 64, 128, 256, 1024, 2048, 262_144, 2_097_152]);

const hasWords = ({ comment, signatures = [], getSignature }: Reflection): boolean =>
  comment !== undefined ||
  getSignature?.comment !== undefined ||
  signatures.some((signature) => signature.comment !== undefined);

/** The share of what is exported that has words, and what has none. */
export function readTypedoc(text: string): readonly NormalForm[] {
  const problems: FoundProblem[] = [];
  let total = 0;
  const visit = (one: Reflection, owner: string): void => {
    if (one.flags?.isPrivate === true || one.flags?.isExternal === true) return;
    const name = owner === '' ? one.name : `${owner}.${one.name}`;
    const isCounted = COUNTED.has(one.kind);
    if (isCounted) total += 1;
    if (isCounted && !hasWords(one)) {
      const [source] = one.sources ?? [];
      const place = { file: source?.fileName ?? null, line: source?.line ?? null };
      problems.push({
        ruleId: 'undocumented',
        severity: 'low',
        message: `${name} has no words on it.`,
        ...place,
      });
    }
    for (const child of one.children ?? []) visit(child, isCounted ? name : '');
  };
  for (const child of readJson(text, reflectionSchema).children ?? []) visit(child, '');
  const documented = total - problems.length;
  const percent = total === 0 ? 0 : Math.floor((documented / total) * 10_000) / 100;
  return [
    ...asFindings('typedoc', problems, { checked: total }),
    {
      type: 'metrics',
      report: {
        metrics: [
          { name: 'docs.coverage', value: percent, unit: 'percent', better: 'higher' },
          { name: 'docs.symbols', value: total, unit: 'count', better: null },
        ],
      },
    },
  ];
}
