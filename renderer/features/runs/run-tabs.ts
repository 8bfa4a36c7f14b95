import type { RunTab } from '#renderer/ui/navigation/route.ts';
import { percentWords } from '#renderer/ui/percent.ts';
import type { TabItem } from '#renderer/ui/tabs.tsx';
import type { RunFigures } from './selectors.ts';

/** The tabs of a run; those of tests, artifacts and summaries count what is there. A summary has no tab without one. */
export function runTabs(figures: RunFigures): readonly TabItem<RunTab>[] {
  const { hasTests, testsFailed, testsPassed, artifacts, hasSummary, coveragePct } = figures;
  const { findingReports, findings, supplyReports } = figures;
  const tests: TabItem<RunTab> = hasTests
    ? {
        value: 'tests',
        label: 'Tests',
        count: testsFailed > 0 ? `${testsFailed} ✕  ${testsPassed} ✓` : `${testsPassed} ✓`,
        countTone: testsFailed > 0 ? 'failed' : 'succeeded',
      }
    : { value: 'tests', label: 'Tests' };
  return [
    { value: 'graph', label: 'Graph' },
    { value: 'waterfall', label: 'Waterfall' },
    tests,
    {
      value: 'coverage',
      label: 'Coverage',
      ...(coveragePct !== null && { count: percentWords(coveragePct) }),
    },
    { value: 'findings', label: 'Findings', ...(findingReports > 0 && { count: findings }) },
    ...(supplyReports > 0 ? [{ value: 'supply-chain', label: 'Supply chain' } as const] : []),
    { value: 'metrics', label: 'Metrics' },
    { value: 'artifacts', label: 'Artifacts', ...(artifacts > 0 && { count: artifacts }) },
    ...(hasSummary ? [{ value: 'summary', label: 'Summary' } as const] : []),
  ];
}
