import type { CaseKey, RunComparison } from '#shared/api/report-schemas.ts';
import { formatDuration } from '#shared/lib/durations.ts';
import { formatSize } from '#shared/lib/sizes.ts';
import type { Finding } from '#shared/reports/findings.ts';
import type { Colors } from '../output.ts';
import { countWords, metricText } from './report-lines.ts';
import { plainText } from './stage-line.ts';

/** Of a list; all of it is in the JSON. */
const SHOWN = 10;

type Change<Value> = { readonly before: Value | null; readonly after: Value | null };

/** What differs between two runs, section by section; what is the same is left out. */
export function comparisonLines(comparison: RunComparison, colors: Colors): string[] {
  const { before, after, tests, coverage, findings } = comparison;
  const sections: [string, string[]][] = [
    ['Run', runLines(comparison)],
    ['Stages', stageLines(comparison.stages)],
    ['Tests', testLines(tests, colors)],
    [
      'Coverage',
      [
        ...changed('lines', coverage.lines, ({ pct }) => percent(pct)),
        ...changed('branches', coverage.branches, ({ pct }) => percent(pct)),
        ...limited(coverage.files, ({ path, lines }) => arrow(path, lines, ({ pct }) => percent(pct))),
      ],
    ],
    [
      'Findings',
      [
        ...changed('all', findings.counts, (counts) => countWords(counts, colors)),
        ...limited(findings.new, (finding) => `${colors.red('new')} ${findingText(finding)}`),
        ...limited(findings.fixed, (finding) => `${colors.green('fixed')} ${findingText(finding)}`),
      ],
    ],
    ['Artifacts', artifactLines(comparison.artifacts)],
    [
      'Metrics',
      comparison.metrics.flatMap(({ name, unit, value }) =>
        changed(name, value, (number) => metricText({ value: number, unit })),
      ),
    ],
    ['Environment', comparison.environment.map(({ name, value }) => arrow(name, value, (text) => text))],
  ];
  const lines = [`#${before.number} ${colors.dim(before.id)} → #${after.number} ${colors.dim(after.id)}`];
  for (const [title, content] of sections) {
    if (content.length > 0) lines.push('', colors.bold(title), ...content.map((line) => `  ${line}`));
  }
  return lines.length === 1 ? [...lines, 'Nothing differs.'] : lines;
}

function runLines({ before, after }: RunComparison): string[] {
  return [
    ...changed('status', { before: before.status, after: after.status }, (status) => status),
    ...changed('duration', { before: before.durationMs, after: after.durationMs }, formatDuration),
  ];
}

function stageLines(stages: RunComparison['stages']): string[] {
  return stages
    .filter(({ status }) => status.before !== status.after)
    .map(({ id, status }) => arrow(id, status, (text) => text));
}

function testLines(
  { total, broken, fixed, added, removed, slower }: RunComparison['tests'],
  colors: Colors,
): string[] {
  const named = (word: string) => (key: CaseKey) => `${word} ${caseText(key)}`;
  return [
    ...changed('passed', total, ({ passed, total: all }) => `${passed} of ${all}`),
    ...limited(broken, named(colors.red('broken'))),
    ...limited(fixed, named(colors.green('fixed'))),
    ...limited(added, named('added')),
    ...limited(removed, named('removed')),
    ...limited(
      slower,
      ({ key, beforeMs, afterMs }) =>
        `slower ${caseText(key)}: ${formatDuration(beforeMs)} → ${formatDuration(afterMs)}`,
    ),
  ];
}

function artifactLines(artifacts: RunComparison['artifacts']): string[] {
  return artifacts
    .filter(({ sha256 }) => sha256.before !== sha256.after)
    .map(({ name, sizeBytes }) =>
      sizeBytes.before === sizeBytes.after
        ? `${plainText(name)}: other content of the same size`
        : arrow(name, sizeBytes, formatSize),
    );
}

const caseText = ({ stage, suite, name }: CaseKey): string => plainText(`${suite} > ${name} (${stage})`);

function findingText({ file, line, message, ruleId }: Finding): string {
  const place = file === null ? '' : `${file}${line === null ? '' : `:${line}`} `;
  return plainText(`${place}${message.split('\n')[0] ?? ''} ${ruleId}`);
}

const percent = (pct: number | null): string => (pct === null ? 'nothing to cover' : `${pct} %`);

function changed<Value>(name: string, change: Change<Value>, text: (value: Value) => string): string[] {
  const line = arrow(name, change, text);
  return JSON.stringify(change.before) === JSON.stringify(change.after) ? [] : [line];
}

function arrow<Value>(
  name: string,
  { before, after }: Change<Value>,
  text: (value: Value) => string,
): string {
  const said = (value: Value | null): string => (value === null ? 'none' : text(value));
  return `${plainText(name)}: ${plainText(said(before))} → ${plainText(said(after))}`;
}

function limited<Item>(items: readonly Item[], line: (item: Item) => string): string[] {
  const lines = items.slice(0, SHOWN).map(line);
  return items.length > SHOWN ? [...lines, `and ${items.length - SHOWN} more`] : lines;
}
