import { copyFile, mkdir, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { KindContext } from '#main/engine/kind-ports.ts';
import { AppError } from '#shared/lib/app-error.ts';
import type { Outcome } from '#shared/run/outcome.ts';
import { SUCCEEDED } from '#shared/run/outcome.ts';
import { defineKind } from '../kind.ts';
import { artifactOf } from '../tools/artifact-of.ts';
import { counted } from '../tools/counted.ts';
import { findingsForm, metric, metricsForm } from '../tools/forms.ts';
import { matchingFiles } from '../tools/matching-files.ts';
import { requireTool } from '../tools/require-tool.ts';
import { listOf, wordSetting } from '../tools/setting-shapes.ts';
import { bytesOf, sizeSetting } from '../tools/size-setting.ts';
import { failed, nothingChecked } from '../tools/verdict.ts';
import { workspacePath } from '../tools/workspace-path.ts';
import { overBudget } from './assets/budgets.ts';
import { sha256Of } from './built-files.ts';
import {
  type Pair,
  pairsOf,
  type Processor,
  PROCESSORS,
  type ResourceStep,
  resourceStep,
} from './resource-steps.ts';

/** Makes styles, images and other files ready for delivery. */
export const buildResources = defineKind({
  id: 'build.resources',
  title: 'Resources',
  summary: 'Compiles styles, shrinks images, copies files, and writes a manifest with sizes and hashes',
  docs: [
    'Does its `steps` one after the other: `sass` and `postcss` make style sheets, `svgo` shrinks SVG images, `copy` copies. Files keep',
    'their place below the folder that their glob begins with: `src/css/**/*.scss` to `dist/css` makes `dist/css/a/b.css` of `src/css/a/b.scss`.',
    '',
    'The manifest lists each file that was made as `{ path, sha256, bytes }`. It fails when a tool does, when a file that was to be made',
    'is not there, and when a file or all together are heavier than they may be. It leaves the figures `resources.files` and',
    '`resources.bytes`. A step that finds no file could not do its work, unless `allow-empty` is set.',
  ].join('\n'),
  settings: z.strictObject({
    steps: z
      .array(resourceStep)
      .min(1)
      .describe('What is done, in this order; a later step may take what an earlier one made')
      .meta({ title: 'Steps' }),
    manifest: wordSetting
      .default('resources-manifest.json')
      .describe('The file for the manifest, relative to the stage’s folder')
      .meta({ title: 'Manifest' }),
    'max-file-size': sizeSetting
      .optional()
      .describe('What a file may weigh at most: `100kB`')
      .meta({ title: 'A file at most', examples: ['100kB'] }),
    'max-total-size': sizeSetting
      .optional()
      .describe('What all together may weigh at most')
      .meta({ title: 'All files at most', examples: ['1MB'] }),
    artifact: z
      .string()
      .min(1)
      .default('resources')
      .describe('The name of the artifact')
      .meta({ title: 'Artifact' }),
    'allow-empty': z
      .boolean()
      .default(false)
      .describe('A step without files is fine')
      .meta({ title: 'May be empty' }),
  }),
  example: {
    steps: [
      { use: 'sass', from: 'src/styles/**/*.scss', to: 'dist/styles' },
      { use: 'svgo', from: 'src/icons/*.svg', to: 'dist/icons' },
      { use: 'copy', from: 'src/fonts/**', to: 'dist/fonts' },
    ],
    'max-file-size': '100kB',
  },
  outputs: { manifest: 'The manifest, relative to the stage’s folder', files: 'How many files were made' },
  reports: ['findings', 'metrics'],
  tools: Object.values(PROCESSORS).flatMap(({ tool }) => (tool === null ? [] : [tool])),
  worksOnFiles: true,
  async run({ steps, manifest, artifact, ...given }, context) {
    const target = await workspacePath(context, manifest, 'manifest');
    const made = new Set<string>();
    for (const step of counted(context, steps, ({ use }) => use)) {
      const { pairs, outcome } = await doStep(step, context, given['allow-empty']);
      if (outcome.type !== 'succeeded') return { outcome };
      for (const { to } of pairs) made.add(to);
    }
    const entries: { path: string; sha256: string; bytes: number }[] = [];
    for (const file of [...made].sort()) {
      const full = path.join(context.cwd, file);
      const stats = await stat(full).catch(() => null);
      if (stats === null) return { outcome: failed(`${file} was to be made, but is not there`) };
      entries.push({ path: file, sha256: await sha256Of(full), bytes: stats.size });
    }
    const bytes = entries.reduce((sum, one) => sum + one.bytes, 0);
    await mkdir(path.dirname(target.here), { recursive: true });
    await writeFile(target.here, `${JSON.stringify({ files: entries, bytes }, null, 2)}\n`);
    const most = given['max-file-size'];
    const all = given['max-total-size'];
    const over = [
      ...(most === undefined ? [] : entries.flatMap((one) => tooHeavy(one, bytesOf(most)))),
      ...(all === undefined ? [] : overBudget('pipewright', 'All files', null, { bytes }, { bytes: all })),
    ];
    const [first] = over;
    return {
      outcome: first === undefined ? SUCCEEDED : failed(`Over budget: ${first.message}`),
      reports: [
        findingsForm([{ name: 'pipewright', version: null }], over, entries.length),
        metricsForm([
          metric('resources.files', entries.length, 'count', null),
          metric('resources.bytes', bytes, 'bytes'),
        ]),
      ],
      outputs: { manifest: target.relative, files: String(entries.length) },
      artifacts: [artifactOf(context, artifact, [...made, target.relative])],
    };
  },
});

const tooHeavy = (entry: { readonly path: string; readonly bytes: number }, most: number) =>
  overBudget('pipewright', entry.path, entry.path, entry, { bytes: most });

async function doStep(
  step: ResourceStep,
  context: KindContext,
  mayBeEmpty: boolean,
): Promise<{ readonly pairs: readonly Pair[]; readonly outcome: Outcome }> {
  const processor: Processor = PROCESSORS[step.use];
  const to = await workspacePath(context, step.to, 'steps.to');
  const globs = listOf(step.from);
  const files = (await matchingFiles(context, globs, 'steps.from')).filter(processor.takes);
  if (files.length === 0) {
    if (mayBeEmpty) return { pairs: [], outcome: SUCCEEDED };
    nothingChecked(`no file matches ${globs.join(', ')}`, 'Look at `from`, or set `allow-empty: true`.');
  }
  for (const file of files) refuseOption(file);
  const pairs = pairsOf(files, globs, to.relative, processor.ending);
  for (const pair of pairs) await mkdir(path.dirname(path.join(context.cwd, pair.to)), { recursive: true });
  if (processor.tool === null) {
    for (const pair of pairs)
      await copyFile(path.join(context.cwd, pair.from), path.join(context.cwd, pair.to));
    return { pairs, outcome: SUCCEEDED };
  }
  const found = await requireTool(context, [processor.tool], `process ${globs.join(', ')}`);
  for (const args of processor.commands(pairs, step.args)) {
    const exit = await context.exec({ argv: [...found.command, ...args] });
    if (exit.outcome.type === 'succeeded') continue;
    const lines = `${exit.stdout}\n${exit.stderr}`.split('\n').map((line) => line.trim());
    const said = lines.find((line) => /error/i.test(line)) ?? `exit code ${exit.exitCode}`;
    return { pairs, outcome: failed(`${step.use}: ${said.slice(0, 300)}`, exit.exitCode) };
  }
  return { pairs, outcome: SUCCEEDED };
}

/** Tools take what begins with `-` for an option, and Sass parts its two names at a colon. */
function refuseOption(file: string): void {
  if (!file.startsWith('-') && !file.includes(':')) return;
  throw new AppError('usage', `${file} cannot be processed: its name begins with \`-\` or has a colon.`, {
    hint: 'Rename the file.',
  });
}
