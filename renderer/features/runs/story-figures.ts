import { percentWords, pointsWords } from '#renderer/ui/percent.ts';
import type { RunTab } from '#renderer/ui/navigation/route.ts';
import type { RunStory } from '#shared/api/report-schemas.ts';
import { formatDuration } from '#shared/lib/durations.ts';
import { SEVERITIES, type SeverityCounts } from '#shared/reports/severity.ts';
import { formatSize } from '#shared/lib/sizes.ts';
import type { TestSummary } from '#shared/reports/test-report.ts';

/** One figure of a run beside that of the run before. */
export interface StoryFigure {
  readonly label: string;
  /** Where one sees more; null: nowhere. */
  readonly tab: RunTab | null;
  /** Null: this run has none (yet). */
  readonly value: string | null;
  /** `+2`, `−0.4`, `+1.2 MB`; null where there is nothing to compare, or no difference. */
  readonly delta: string | null;
  /** The run before has it, too, and there is no difference worth a word. */
  readonly isSame: boolean;
  /** Whether the difference is for the better. Null: neither. */
  readonly isBetter: boolean | null;
}

const signed = (delta: number, words: (amount: number) => string): string | null =>
  delta === 0 ? null : `${delta > 0 ? '+' : '−'}${words(Math.abs(delta))}`;

const broken = ({ failed, errored }: TestSummary): number => failed + errored;
const sum = (counts: SeverityCounts): number => SEVERITIES.reduce((all, one) => all + counts[one], 0);
const plain = (count: number): string => count.toLocaleString('en');

/** Durations jump about; what is less than this share or this long is no news. */
const STEADY_SHARE = 0.1;
const STEADY_MS = 1_000;

/** A figure of which less is better, more is, or neither. */
function figure(
  label: string,
  tab: RunTab | null,
  { before, after }: { readonly before: number | null; readonly after: number | null },
  words: (amount: number) => string,
  better: 'lower' | 'higher' | null,
): StoryFigure {
  const change = before === null || after === null ? 0 : after - before;
  return {
    label,
    tab,
    value: after === null ? null : words(after),
    delta: signed(change, words),
    isSame: change === 0 && before !== null && after !== null,
    isBetter: change === 0 || better === null ? null : change < 0 === (better === 'lower'),
  };
}

/** The figures of a run, those that neither it nor the run before has left out. */
export function storyFigures(story: RunStory): readonly StoryFigure[] {
  const { tests, coverage, findings, artifactBytes, durationMs } = story;
  const of = <Value>(
    change: { readonly before: Value | null; readonly after: Value | null },
    read: (value: Value) => number | null,
  ) => ({
    before: change.before === null ? null : read(change.before),
    after: change.after === null ? null : read(change.after),
  });
  const failures = of(tests, broken);
  const points = pointsWords(coverage.before?.pct ?? null, coverage.after?.pct ?? null);
  const covered: StoryFigure = {
    label: 'Coverage',
    tab: 'coverage',
    value: coverage.after === null ? null : percentWords(coverage.after.pct),
    delta: points === '±0.0' ? null : points,
    isSame: points === '±0.0',
    isBetter: points === null || points === '±0.0' ? null : points.startsWith('+'),
  };
  return [
    figure(
      'Tests',
      'tests',
      of(tests, ({ total }) => total),
      plain,
      null,
    ),
    ...((failures.before ?? 0) + (failures.after ?? 0) > 0
      ? [figure('Failed tests', 'tests', failures, plain, 'lower')]
      : []),
    covered,
    figure('Findings', 'findings', of(findings, sum), plain, 'lower'),
    figure('Artifacts', 'artifacts', artifactBytes, formatSize, null),
    durationFigure(durationMs),
  ].filter(({ value, delta }) => value !== null || delta !== null);
}

function durationFigure(change: RunStory['durationMs']): StoryFigure {
  const { before, after } = change;
  const known = figure('Duration', 'waterfall', change, formatDuration, 'lower');
  const delta = before === null || after === null ? 0 : Math.abs(after - before);
  const isSteady = delta < STEADY_MS || delta < (before ?? 0) * STEADY_SHARE;
  return isSteady
    ? { ...known, delta: null, isSame: before !== null && after !== null, isBetter: null }
    : known;
}

/** Since when a stage fails, in a few words; null where nothing is known of it. */
export function sinceWords(story: RunStory, stage: string): string | null {
  const found = story.broken.find((one) => one.stage === stage);
  if (found === undefined) return null;
  if (found.since !== null) return `failing since #${found.since.number}`;
  if (found.lastGood !== null) return `it was good in #${found.lastGood.number}`;
  return null;
}
