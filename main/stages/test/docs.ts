import { z } from 'zod';
import type { KindContext } from '#main/engine/kind-ports.ts';
import { AppError } from '#shared/lib/app-error.ts';
import { mergeFindings } from '#shared/reports/findings.ts';
import { defineKind } from '../kind.ts';
import { globsSetting, listOf } from '../tools/setting-shapes.ts';
import { nothingChecked } from '../tools/verdict.ts';
import { CODESPELL } from './adapters/codespell.ts';
import type { DocsFiles, DocsTool } from './adapters/docs-tool.ts';
import { MARKDOWNLINT } from './adapters/markdownlint.ts';
import { TYPEDOC } from './adapters/typedoc.ts';
import { checkLinks } from './check-links.ts';
import { conclude, FINDINGS_OUTPUTS } from './findings/conclude.ts';
import { type FileToolsRun, NO_FINDINGS, runFileTools } from './findings/run-file-tools.ts';
import { refuseOutside, selectFiles } from './findings/select-files.ts';
import { fileSettings, verdictSettings } from './findings/settings.ts';

const CHECKS = ['markdown', 'links', 'spelling', 'coverage'] as const;
type Check = (typeof CHECKS)[number];

const TOOL_OF: Readonly<Record<Exclude<Check, 'links'>, DocsTool>> = {
  markdown: MARKDOWNLINT,
  spelling: CODESPELL,
  coverage: TYPEDOC,
};
const DOCS_TOOLS = Object.values(TOOL_OF);

/** Reviews what a project's documentation says, links to and leaves out. */
export const testDocs = defineKind({
  id: 'test.docs',
  title: 'Documentation review',
  summary: 'Reviews the documentation: Markdown, links, spelling, and how much of the code has words on it',
  docs: [
    'Four checks. **markdown**: `markdownlint-cli2`. **links**: links, pictures and `#headings` that Markdown files name in',
    'the project are there; other servers are not asked, so it needs no network. **spelling**: `codespell`. **coverage**: the',
    'share of what TypeScript code exports that has words on it, by `typedoc`.',
    '',
    'Without `checks` those run whose tool is there. It leaves findings (a broken link is of high severity, a rule of Markdown',
    'that was broken of medium, the others low) and the figure `docs.coverage`, and fails on findings of `fail-on` or worse,',
    'or when less than `min-coverage` percent of the code has words on it.',
  ].join('\n'),
  settings: z.strictObject({
    checks: z
      .array(z.enum(CHECKS))
      .min(1)
      .optional()
      .describe('What to check; without it all for which a tool is there')
      .meta({ title: 'Checks' }),
    words: z
      .array(z.string().regex(/^[\p{L}\p{N}'-]+$/u, 'one word each, please'))
      .default([])
      .describe('Words that are no spelling mistakes')
      .meta({ title: 'Own words', examples: [['nd', 'crate']] }),
    'entry-points': globsSetting
      .optional()
      .describe('Where the documented TypeScript code begins; without it as typedoc’s configuration says')
      .meta({ title: 'Entry points', examples: ['src/index.ts'] }),
    'min-coverage': z
      .number()
      .min(0)
      .max(100)
      .optional()
      .describe('The least share of the exported code that has words on it, in percent')
      .meta({ title: 'Least coverage' }),
    ...fileSettings,
    ...verdictSettings('medium'),
  }),
  example: { paths: ['*.md', 'docs', 'src'], 'entry-points': 'src/index.ts', 'min-coverage': 50 },
  reports: ['findings', 'metrics'],
  outputs: {
    ...FINDINGS_OUTPUTS,
    coverage: 'The share of the exported code that has words on it, in percent',
  },
  tools: DOCS_TOOLS.map(({ adapter }) => adapter.tool),
  worksOnFiles: true,
  async run(settings, context) {
    const entryPoints = listOf(settings['entry-points']);
    entryPoints.forEach(refuseOutside);
    const files = await selectFiles(context, {
      paths: listOf(settings.paths),
      exclude: listOf(settings.exclude),
    });
    const wanted = new Set(settings.checks ?? []);
    if (settings['min-coverage'] !== undefined && wanted.size > 0) wanted.add('coverage');
    const isWanted = (check: Check): boolean => wanted.size === 0 || wanted.has(check);
    const pages = isWanted('links') ? files.filter((file) => /\.(md|markdown)$/i.test(file)) : [];
    if (pages.length === 0 && [...wanted].join('') === 'links' && !settings['allow-empty']) {
      nothingChecked(
        'no Markdown file is there',
        'Look at `paths` and `exclude`, or set `allow-empty: true`.',
      );
    }
    const { report, links } = await checkLinks(context, pages);
    const run = await runTools(context, { files, args: [], words: settings.words, entryPoints }, wanted, {
      isEnough: pages.length > 0 || settings['allow-empty'],
    });
    const coverage = run.metrics.find(({ name }) => name === 'docs.coverage')?.value ?? null;
    return conclude(context, settings, {
      findings: mergeFindings(pages.length === 0 ? [run.findings] : [report, run.findings]),
      reports: [
        {
          type: 'metrics',
          report: {
            metrics: [...run.metrics, { name: 'docs.links', value: links, unit: 'count', better: null }],
          },
        },
      ],
      notes: run.notes,
      reasons: lowCoverage(coverage, settings['min-coverage']),
      outputs: { coverage: coverage === null ? '' : String(coverage) },
    });
  },
});

/** Runs the tools of the checks; without any named, it is no fault that none is there when the links were looked at. */
async function runTools(
  context: KindContext,
  settings: DocsFiles,
  wanted: ReadonlySet<Check>,
  { isEnough }: { readonly isEnough: boolean },
): Promise<FileToolsRun> {
  const named = [...wanted].flatMap((check) => (check === 'links' ? [] : [TOOL_OF[check].adapter.tool.name]));
  const nothing: FileToolsRun = { findings: NO_FINDINGS, metrics: [], ran: [], notes: [] };
  if (wanted.size > 0 && named.length === 0) return nothing;
  try {
    return await runFileTools(context, DOCS_TOOLS, settings, {
      named,
      purpose: 'review the documentation',
      allowEmpty: isEnough,
    });
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'tool-missing' || named.length > 0 || !isEnough)
      throw error;
    return { ...nothing, notes: [`Only links were looked at. ${error.message} ${error.hint ?? ''}`] };
  }
}

function lowCoverage(coverage: number | null, least: number | undefined): readonly string[] {
  if (least === undefined || (coverage !== null && coverage >= least)) return [];
  if (coverage !== null) return [`${coverage} % of the exported code has words on it, less than ${least} %`];
  throw new AppError(
    'kind-failed',
    'Nobody told how much of the code has words on it, and `min-coverage` asks.',
    {
      hint: 'Set `entry-points`, or configure typedoc, and install it (npm install --save-dev typedoc).',
    },
  );
}
