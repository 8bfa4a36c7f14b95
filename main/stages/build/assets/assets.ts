import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { KindContext, KindResult } from '#main/engine/kind-ports.ts';
import { AppError } from '#shared/lib/app-error.ts';
import { formatSize } from '#shared/lib/sizes.ts';
import type { Metric } from '#shared/reports/metrics.ts';
import { SUCCEEDED } from '#shared/run/outcome.ts';
import { defineKind } from '../../kind.ts';
import { esbuildMatcher } from '../../matchers/esbuild.ts';
import { matchProblems } from '../../matchers/match-problems.ts';
import { artifactOf } from '../../tools/artifact-of.ts';
import { findingsForm, metric, metricsForm } from '../../tools/forms.ts';
import { requireTool } from '../../tools/require-tool.ts';
import { listOf, wordSetting } from '../../tools/setting-shapes.ts';
import type { Tool } from '../../tools/tool.ts';
import { failed, nothingChecked } from '../../tools/verdict.ts';
import { withScratch } from '../../tools/with-scratch.ts';
import { workspacePath } from '../../tools/workspace-path.ts';
import { budgetSetting, overBudget } from './budgets.ts';
import { fileSizes, type FileSizes, sumOf } from './file-sizes.ts';
import { type Bundle, readMetafile } from './metafile.ts';

const ESBUILD: Tool = {
  ...{ name: 'esbuild', bins: ['esbuild'], isNodePackage: true },
  install: 'npm install --save-dev esbuild',
};
const MANIFEST = 'assets-manifest.json';

const settings = z.strictObject({
  entry: z
    .union([wordSetting, z.array(wordSetting).min(1)])
    .describe('The files that a browser starts with, relative to the stage’s folder')
    .meta({ title: 'Entries', examples: ['src/main.ts'] }),
  out: wordSetting
    .default('dist/assets')
    .describe('The folder for what is made; assets-manifest.json stands in it, too')
    .meta({ title: 'Output folder' }),
  minify: z
    .boolean()
    .default(true)
    .describe('Leaves out what a browser does not need')
    .meta({ title: 'Minify' }),
  sourcemap: z
    .boolean()
    .default(false)
    .describe('Writes source maps; they count in no budget')
    .meta({ title: 'Source maps' }),
  splitting: z
    .boolean()
    .default(false)
    .describe('What is imported later gets files of its own; the format is `esm` then')
    .meta({ title: 'Split' }),
  target: z
    .string()
    .regex(/^[a-z0-9.,]+$/, 'must be names of esbuild: es2022,chrome114')
    .optional()
    .describe('What the browsers understand, as esbuild names it')
    .meta({ title: 'Target', examples: ['es2022', 'chrome114,firefox115'] }),
  loader: z
    .record(z.string().regex(/^\.\w+$/, 'must be an ending: .svg'), z.string().regex(/^\w+$/))
    .default({})
    .describe('How files are taken in, by their ending')
    .meta({ title: 'Loaders', examples: [{ '.svg': 'file', '.woff2': 'copy' }] }),
  budgets: z
    .record(z.string().min(1), budgetSetting)
    .default({})
    .describe(
      'What each entry may weigh with all that is loaded at once for it; `total` stands for all files',
    )
    .meta({ title: 'Budgets', examples: [{ 'src/main.ts': { gzip: '100kB' }, total: { bytes: '1MB' } }] }),
  artifact: z
    .string()
    .min(1)
    .default('assets')
    .describe('The name of the artifact with what was made')
    .meta({ title: 'Artifact' }),
});
type Settings = z.output<typeof settings>;

/** Bundles for browsers and weighs the result. */
export const buildAssets = defineKind({
  id: 'build.assets',
  title: 'Web assets',
  summary: 'Bundles scripts and styles under names with a hash, weighs them, and holds them to budgets',
  docs: [
    'Bundles each entry with esbuild. Files get the hash of their content in their names, so that they may be cached for ever;',
    '`assets-manifest.json` tells the name of each entry, with sizes and SHA-256 of every file.',
    '',
    'Each file is weighed as it is, with gzip and with Brotli. It fails when esbuild does, and when an entry or all together are',
    'heavier than their budget. It leaves the figures `bundle.bytes`, `bundle.gzip-bytes`, `bundle.brotli-bytes`, `bundle.files`, and',
    '`bundle.<entry>.gzip-bytes` for each entry.',
  ].join('\n'),
  settings,
  example: { entry: 'src/main.js', budgets: { 'src/main.js': { gzip: '50kB' }, total: { bytes: '200kB' } } },
  outputs: { manifest: 'The manifest, relative to the stage’s folder', bytes: 'What all files weigh' },
  reports: ['findings', 'metrics'],
  tools: [ESBUILD],
  worksOnFiles: true,
  async run(given, context) {
    const out = await workspacePath(context, given.out, 'out');
    for (const entry of listOf(given.entry)) await workspacePath(context, entry, 'entry');
    const esbuild = await requireTool(context, [ESBUILD], 'bundle it');
    return withScratch(context, async ({ dir, seen }) => {
      const meta = `${seen}${context.paths.separator}meta.json`;
      const exit = await context.exec({ argv: [...esbuild.command, ...argsOf(given, out.relative, meta)] });
      const problems = matchProblems(`${exit.stdout}\n${exit.stderr}`, [esbuildMatcher], context);
      if (exit.outcome.type !== 'succeeded') {
        const [first] = problems;
        const said = first === undefined ? `esbuild ended with exit code ${exit.exitCode}` : first.message;
        return {
          outcome: failed(said, exit.exitCode),
          reports: [findingsForm([{ name: 'esbuild', version: null }], problems)],
        };
      }
      const bundle = await readBundle(path.join(dir, 'meta.json'));
      return weigh(given, context, out.relative, bundle, problems);
    });
  },
});

function argsOf(given: Settings, out: string, meta: string): string[] {
  return [
    '--bundle',
    '--log-level=info',
    `--outdir=${out}`,
    `--metafile=${meta}`,
    '--entry-names=[dir]/[name]-[hash]',
    '--asset-names=[name]-[hash]',
    '--chunk-names=[name]-[hash]',
    ...(given.minify ? ['--minify'] : []),
    ...(given.sourcemap ? ['--sourcemap'] : []),
    ...(given.splitting ? ['--splitting', '--format=esm'] : []),
    ...(given.target === undefined ? [] : [`--target=${given.target}`]),
    ...Object.entries(given.loader).map(([ending, loader]) => `--loader:${ending}=${loader}`),
    ...listOf(given.entry),
  ];
}

async function readBundle(file: string): Promise<Bundle> {
  try {
    return readMetafile(await readFile(file, 'utf8'));
  } catch (error) {
    throw new AppError('kind-failed', 'esbuild told nothing of what it has made.', {
      hint: 'Its version may be too old: 0.17 or newer is needed.',
      cause: error,
    });
  }
}

async function weigh(
  given: Settings,
  context: KindContext,
  out: string,
  bundle: Bundle,
  problems: ReturnType<typeof matchProblems>,
): Promise<KindResult> {
  if (bundle.files.length === 0) nothingChecked('esbuild has made no file', 'Look at `entry`.');
  const sizes = new Map<string, FileSizes>();
  for (const file of bundle.files) sizes.set(file, await fileSizes(path.join(context.cwd, file)));
  const weightOf = (files: readonly string[]) => sumOf(files.flatMap((file) => sizes.get(file) ?? []));
  const total = weightOf(bundle.files);
  const entries = bundle.entries.map((entry) => ({ ...entry, ...weightOf(entry.files) }));
  for (const name of Object.keys(given.budgets)) refuseUnknown(name, entries);
  const over = Object.entries(given.budgets).flatMap(([name, budget]) => {
    const entry = entries.find((one) => one.name === name);
    const weight = entry ?? total;
    return overBudget(
      'esbuild',
      entry === undefined ? 'All files' : name,
      entry?.name ?? null,
      weight,
      budget,
    );
  });
  const manifest = `${out}/${MANIFEST}`;
  const files = Object.fromEntries(sizes);
  const named = Object.fromEntries(entries.map(({ name, ...entry }) => [name, entry]));
  await writeFile(
    path.join(context.cwd, manifest),
    `${JSON.stringify({ entries: named, files, total }, null, 2)}\n`,
  );
  const [first] = over;
  const more = over.length > 1 ? ` (and ${over.length - 1} more)` : '';
  return {
    outcome: first === undefined ? SUCCEEDED : failed(`Over budget: ${first.message}${more}`),
    reports: [
      findingsForm([{ name: 'esbuild', version: null }], [...problems, ...over], bundle.files.length),
      metricsForm(figuresOf(total, entries, bundle.files.length)),
    ],
    outputs: { manifest, bytes: String(total.bytes) },
    artifacts: [artifactOf(context, given.artifact, [...bundle.files, `${out}/**/*.map`, manifest])],
    summary: [
      '| entry | size | gzip | Brotli |',
      '| --- | --- | --- | --- |',
      ...[...entries, { name: 'all files', ...total }].map(
        (one) =>
          `| ${one.name} | ${formatSize(one.bytes)} | ${formatSize(one.gzip)} | ${formatSize(one.brotli)} |`,
      ),
    ].join('\n'),
  };
}

function refuseUnknown(name: string, entries: readonly { readonly name: string }[]): void {
  if (name === 'total' || entries.some((entry) => entry.name === name)) return;
  const names = entries.map((entry) => entry.name).join(', ');
  throw new AppError('usage', `\`budgets\`: there is no entry ${name}.`, {
    hint: `There is: ${names}, total.`,
  });
}

function figuresOf(
  total: Omit<FileSizes, 'sha256'>,
  entries: readonly { readonly name: string; readonly gzip: number }[],
  files: number,
): Metric[] {
  return [
    metric('bundle.bytes', total.bytes, 'bytes'),
    metric('bundle.gzip-bytes', total.gzip, 'bytes'),
    metric('bundle.brotli-bytes', total.brotli, 'bytes'),
    metric('bundle.files', files, 'count', null),
    ...entries.map(({ name, gzip }) => metric(`bundle.${name}.gzip-bytes`, gzip, 'bytes')),
  ];
}
