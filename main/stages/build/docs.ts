import { mkdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { KindContext, KindResult, ToolExit } from '#main/engine/kind-ports.ts';
import { AppError } from '#shared/lib/app-error.ts';
import type { Finding } from '#shared/reports/findings.ts';
import { type Outcome, SUCCEEDED } from '#shared/run/outcome.ts';
import { defineKind } from '../kind.ts';
import { matchProblems } from '../matchers/match-problems.ts';
import { artifactOf } from '../tools/artifact-of.ts';
import { findingsForm, metric, metricsForm } from '../tools/forms.ts';
import { requireTool } from '../tools/require-tool.ts';
import { rowByMarks } from '../tools/row-by-marks.ts';
import { wordSetting } from '../tools/setting-shapes.ts';
import { failed, tooManyWarnings } from '../tools/verdict.ts';
import { withScratch } from '../tools/with-scratch.ts';
import { workspacePath } from '../tools/workspace-path.ts';
import { builtFiles } from './built-files.ts';
import { DOCS_TOOL_NAMES, DOCS_TOOLS, type DocsTool } from './docs-tools.ts';

const settings = z.strictObject({
  tool: z
    .enum(['auto', ...DOCS_TOOL_NAMES])
    .default('auto')
    .describe(
      'What makes the pages; `auto` goes by mkdocs.yml, conf.py, Doxyfile, typedoc.json and tsconfig.json',
    )
    .meta({ title: 'Tool' }),
  source: wordSetting
    .optional()
    .describe(
      'Sphinx: the folder with conf.py. TypeDoc: the entry. MkDocs and Doxygen: their configuration file',
    )
    .meta({ title: 'Source', examples: ['docs', 'src/index.ts'] }),
  out: wordSetting.default('site').describe('The folder for the pages').meta({ title: 'Output folder' }),
  args: z
    .array(z.string())
    .default([])
    .describe('More arguments of the tool, as they are')
    .meta({ title: 'Arguments' }),
  'max-warnings': z
    .int()
    .min(0)
    .optional()
    .describe('More warnings than these fail the stage; absent: any number is fine')
    .meta({ title: 'Warnings at most' }),
  artifact: z
    .string()
    .min(1)
    .default('docs')
    .describe('The name of the artifact with the pages')
    .meta({ title: 'Artifact' }),
});
type Settings = z.output<typeof settings>;

/** Makes the pages of a project's documentation. */
export const buildDocs = defineKind({
  id: 'build.docs',
  title: 'Documentation',
  summary: 'Builds HTML with TypeDoc, Sphinx, MkDocs or Doxygen; their warnings become findings',
  docs: [
    'Runs the tool of the project and reads its warnings: links that lead nowhere, pages that nothing refers to, parameters that are',
    'not documented. They are findings of severity medium, with file and line where the tool tells them.',
    '',
    'It fails when the tool does, when it made no `index.html`, and with more warnings than `max-warnings`. The pages are kept as an',
    'artifact. It leaves the figures `docs.pages`, `docs.bytes` and `docs.warnings`.',
  ].join('\n'),
  settings,
  example: { tool: 'typedoc', source: 'src/index.ts', 'max-warnings': 0 },
  outputs: { pages: 'How many pages there are', warnings: 'How many warnings there were' },
  reports: ['findings', 'metrics'],
  tools: DOCS_TOOL_NAMES.map((name) => DOCS_TOOLS[name].tool),
  worksOnFiles: true,
  async run(given, context) {
    const name =
      given.tool === 'auto' ? await rowByMarks(context, DOCS_TOOLS, 'build its documentation') : given.tool;
    const docsTool: DocsTool = DOCS_TOOLS[name];
    const out = await workspacePath(context, given.out, 'out');
    if (out.relative === '.') throw new AppError('usage', '`out` must be a folder of its own.');
    const source =
      given.source === undefined ? null : (await workspacePath(context, given.source, 'source')).relative;
    const found = await requireTool(context, [docsTool.tool], 'build the documentation');
    await mkdir(out.here, { recursive: true });
    const before = await writtenAt(out.here);
    const exit = await withScratch(context, async (scratch) => {
      const wish = { source, out: out.relative, args: given.args };
      const args = await docsTool.argv(wish, context, scratch);
      return context.exec({ argv: [...found.command, ...args] });
    });
    const findings = matchProblems(`${exit.stdout}\n${exit.stderr}`, [docsTool.matcher], context, {
      ...(docsTool.warnsFrom !== undefined && { in: docsTool.warnsFrom }),
    });
    const isNew = (await writtenAt(out.here)) !== before;
    return resultOf(given, context, { name, out: out.relative, exit, findings, isNew });
  },
});

interface Built {
  readonly name: string;
  readonly out: string;
  readonly exit: ToolExit;
  readonly findings: readonly Finding[];
  /** The first page was written by this build, and not by one before. */
  readonly isNew: boolean;
}

/** When the first page was written; null: it is not there. */
async function writtenAt(out: string): Promise<bigint | null> {
  try {
    return (await stat(path.join(out, 'index.html'), { bigint: true })).mtimeNs;
  } catch {
    return null;
  }
}

async function resultOf(given: Settings, context: KindContext, built: Built): Promise<KindResult> {
  const { name, out, findings } = built;
  const { files, bytes } = await builtFiles(context, [`${out}/**`], 'out');
  const pages = files.filter((file) => file.endsWith('.html')).length;
  const warnings = findings.filter(({ severity }) => severity === 'medium').length;
  const outcome = verdictOf(given, built, warnings);
  return {
    outcome,
    reports: [
      findingsForm([{ name, version: null }], findings, pages),
      metricsForm([
        metric('docs.pages', pages, 'count', null),
        metric('docs.bytes', bytes, 'bytes'),
        metric('docs.warnings', warnings, 'count'),
      ]),
    ],
    outputs: { pages: String(pages), warnings: String(warnings) },
    artifacts: pages === 0 ? [] : [artifactOf(context, given.artifact, [`${out}/**`])],
  };
}

function verdictOf(given: Settings, { name, out, exit, findings, isNew }: Built, warnings: number): Outcome {
  if (exit.outcome.type !== 'succeeded') {
    const error = findings.find(({ severity }) => severity === 'high');
    const said = error === undefined ? '' : `: ${error.message}`;
    return failed(`${name} ended with exit code ${exit.exitCode ?? 'unknown'}${said}`, exit.exitCode);
  }
  if (!isNew) return failed(`${name} succeeded, but made no ${out}/index.html`);
  const most = given['max-warnings'];
  if (most !== undefined && warnings > most) {
    const first = findings.find(({ severity }) => severity === 'medium');
    return tooManyWarnings(warnings, most, first?.message);
  }
  return SUCCEEDED;
}
