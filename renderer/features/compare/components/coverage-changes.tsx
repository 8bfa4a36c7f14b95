import { percentWords } from '#renderer/ui/percent.ts';
import type { CoverageRatio } from '#shared/reports/coverage.ts';
import { type Change, deltaWords, hasChanged, pointWords } from '../change-words.ts';
import { ChangeTable, type ChangeLine } from './change-table.tsx';
import type { PartProps } from './stage-changes.tsx';

/** How much of the lines and branches the tests reached, as a whole and file by file. */
export function CoverageChanges({ comparison: { coverage }, showsAll }: PartProps) {
  const whole = [
    { name: 'Lines', change: coverage.lines },
    { name: 'Branches', change: coverage.branches },
  ].filter(({ change }) => change.before !== null || change.after !== null);
  const lines = [
    ...whole.map(({ name, change }) => lineOf(name, change)),
    ...coverage.files.map(({ path, lines: change }) => lineOf(path, change)),
  ].filter(({ isChanged }) => showsAll || isChanged);
  return <ChangeTable title="Coverage" what="Part" lines={lines} />;
}

function lineOf(
  name: string,
  { before, after }: Change<CoverageRatio>,
): ChangeLine & { readonly isChanged: boolean } {
  const change = { before: before?.pct ?? null, after: after?.pct ?? null };
  const isBoth = change.before !== null && change.after !== null && change.before !== change.after;
  return {
    key: name,
    name,
    before: before === null ? null : percentWords(before.pct),
    after: after === null ? null : percentWords(after.pct),
    delta: deltaWords(change, pointWords),
    way: isBoth ? ((change.after ?? 0) > (change.before ?? 0) ? 'better' : 'worse') : 'neither',
    isChanged: hasChanged(change),
  };
}
