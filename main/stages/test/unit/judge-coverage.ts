import { AppError } from '#shared/lib/app-error.ts';
import type { Coverage, CoverageRatio } from '#shared/reports/coverage.ts';
import type { PatchCoverage } from '#shared/reports/patch-coverage.ts';
import type { TestRunSettings } from './settings.ts';

/** A part of a sentence for each measure that is under its limit. @throws AppError `kind-failed` for one that was not measured */
export function judgeCoverage(
  coverage: Coverage | null,
  least: TestRunSettings['coverage-min'],
  missing: string,
): readonly string[] {
  return (['lines', 'branches'] as const).flatMap((measure) => {
    const limit = least?.[measure];
    if (limit === undefined) return [];
    const pct = coverage?.[measure].pct ?? null;
    if (pct === null) throw notMeasured(`\`coverage-min\` of ${measure}`, missing);
    return pct >= limit ? [] : [`${pct} % of ${measure} are covered, not ${limit} %`];
  });
}

/** As `judgeCoverage`, of what was changed; a change without code is fine. */
export function judgePatch(patch: PatchCoverage | null, least: number, base: string): readonly string[] {
  if (patch === null) throw notMeasured('`patch-min`', 'The coverage report tells shares alone, not lines');
  const { pct } = patch.lines;
  if (pct === null || pct >= least) return [];
  return [`${share(patch.lines)} of the lines changed since ${base} are covered, not ${least} %`];
}

const share = ({ covered, total, pct }: CoverageRatio): string => `${pct ?? 0} % (${covered} of ${total})`;

const notMeasured = (what: string, missing: string): AppError =>
  new AppError('kind-failed', `Coverage was not measured, so ${what} cannot be judged.`, {
    hint: missing === '' ? 'Look at where it is written.' : `${missing}.`,
  });

/** Markdown: changed lines that no test has run, for people. '' when there are none. */
export function describeMissed({ files }: PatchCoverage): string {
  const missed = files.filter((file) => file.missed.length > 0);
  if (missed.length === 0) return '';
  const rows = missed
    .slice(0, 20)
    .map(({ path, missed: lines }) => `- \`${path.replaceAll('`', "'")}\`: ${ranges(lines)}`);
  return ['Changed lines without a test:', '', ...rows].join('\n');
}

/** `3-5, 9`. */
function ranges(numbers: readonly number[]): string {
  const parts: string[] = [];
  let start: number | null = null;
  numbers.forEach((number, index) => {
    start ??= number;
    if (numbers[index + 1] === number + 1) return;
    parts.push(start === number ? String(number) : `${start}-${number}`);
    start = null;
  });
  return parts.join(', ');
}
