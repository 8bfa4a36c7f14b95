import { z } from 'zod';
import { defineKind } from '../kind.ts';
import { listOf } from '../tools/setting-shapes.ts';
import { lizard, pmccabe, radon } from './adapters/complexity-tools.ts';
import { eslintComplexity } from './adapters/eslint-complexity.ts';
import { type Measured, startMeasuring } from './adapters/measured.ts';
import { cloc, jscpd } from './adapters/size-tools.ts';
import { complexityMetrics, worseThan } from './complexity-metrics.ts';
import { conclude, FINDINGS_OUTPUTS } from './findings/conclude.ts';
import { runFileTools } from './findings/run-file-tools.ts';
import { selectFiles } from './findings/select-files.ts';
import { fileSettings, toolSetting, verdictSettings } from './findings/settings.ts';

const toolsFor = (measured: Measured) => [
  eslintComplexity(measured),
  radon(measured),
  pmccabe(measured),
  lizard(measured),
  jscpd(measured),
  cloc(measured),
];

const NAMES = ['eslint', 'radon', 'pmccabe', 'lizard', 'jscpd', 'cloc'] as const;

/** How complex, how repetitive and how large the code is. */
export const testComplexity = defineKind({
  id: 'test.complexity',
  title: 'Complexity',
  summary: 'Measures how complex, how repetitive and how large the code is',
  docs: [
    'Measures the cyclomatic complexity of each function with `eslint` (JavaScript, and TypeScript where the project has',
    '`@typescript-eslint/parser`), `radon` (Python), `pmccabe` (C) or `lizard` (many languages), the lines that stand there',
    'twice with `jscpd`, and the lines of code with `cloc`: with those that are there.',
    '',
    'It leaves figures, which have a trend over the runs (`complexity.max`, `complexity.mean`, `complexity.over`,',
    '`duplication.percent`, `size.code`, …), and a finding for each function over `max-complexity` (of medium severity, over',
    'twice the limit of high) and for each piece of code that stands there twice (low). It fails on those of `fail-on` or',
    'worse, when more than `max-duplication` percent of the lines stand there twice, and with `worse-than-baseline` when a',
    'figure got worse.',
  ].join('\n'),
  settings: z.strictObject({
    tool: toolSetting(NAMES, 'all that fit the project and are there'),
    'max-complexity': z
      .number()
      .int()
      .positive()
      .default(20)
      .describe('The most that a function may have')
      .meta({ title: 'Most complexity' }),
    'max-duplication': z
      .number()
      .min(0)
      .max(100)
      .optional()
      .describe('The most lines that may stand there twice, in percent; without it they are only shown')
      .meta({ title: 'Most duplication' }),
    'worse-than-baseline': z
      .boolean()
      .default(false)
      .describe(
        'Also fails when a figure of complexity or duplication is worse than in the baseline (`branch`)',
      )
      .meta({ title: 'Fails when worse' }),
    ...fileSettings,
    ...verdictSettings('medium'),
  }),
  example: { paths: 'src', 'max-complexity': 15, 'max-duplication': 5 },
  reports: ['metrics', 'findings'],
  outputs: FINDINGS_OUTPUTS,
  tools: toolsFor(startMeasuring(0)).map(({ adapter }) => adapter.tool),
  worksOnFiles: true,
  async run(settings, context) {
    const measured = startMeasuring(settings['max-complexity']);
    const files = await selectFiles(context, {
      paths: listOf(settings.paths),
      exclude: listOf(settings.exclude),
    });
    const most = settings['max-duplication'];
    const named = listOf(settings.tool);
    const { findings, notes } = await runFileTools(
      context,
      toolsFor(measured),
      { files, args: [] },
      {
        // A limit that nobody looked at is not kept.
        named: named.length > 0 && most !== undefined ? [...new Set([...named, 'jscpd' as const])] : named,
        purpose: 'measure the code',
        allowEmpty: settings['allow-empty'],
      },
    );
    const metrics = complexityMetrics(measured);
    const reasons = settings['worse-than-baseline']
      ? [...worseThan(metrics, context.baseline(settings.branch ?? null))]
      : [];
    if (most !== undefined && measured.duplication !== null && measured.duplication > most) {
      reasons.push(`${measured.duplication} % of the lines stand there twice, more than ${most} %`);
    }
    return conclude(context, settings, {
      findings,
      reports: [{ type: 'metrics', report: { metrics: [...metrics] } }],
      notes: [...notes, ...unreadNote(measured)],
      reasons,
    });
  },
});

function unreadNote({ unread }: Measured): readonly string[] {
  if (unread.length === 0) return [];
  const what = unread.length === 1 ? '1 file was' : `${unread.length} files were`;
  const isTyped = unread.some((file) => /\.[cm]?tsx?$/.test(file));
  const how = isTyped ? ' ESLint reads TypeScript with @typescript-eslint/parser; lizard does without.' : '';
  return [`${what} not measured, as they could not be read: ${unread.slice(0, 5).join(', ')}.${how}`];
}
