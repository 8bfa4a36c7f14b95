import type { RunTab } from '#renderer/ui/navigation/route.ts';
import { percentWords } from '#renderer/ui/percent.ts';
import type { TabItem } from '#renderer/ui/tabs.tsx';
import type { RunStory } from '#shared/api/report-schemas.ts';
import type { RunFigures } from './selectors.ts';
import { storyFigures } from './story-figures.ts';

/**
 * The tabs of a run; they count what is there and, once the story is known, how that differs from the run before. A
 * summary has no tab without one.
 */
export function runTabs(figures: RunFigures, story: RunStory | null = null): readonly TabItem<RunTab>[] {
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
      ...(coveragePct !== null && { count: `${percentWords(coveragePct)}${deltaWords(story, 'coverage')}` }),
    },
    {
      value: 'findings',
      label: 'Findings',
      ...(findingReports > 0 && { count: `${findings}${deltaWords(story, 'findings')}` }),
    },
    ...(supplyReports > 0 ? [{ value: 'supply-chain', label: 'Supply chain' } as const] : []),
    { value: 'metrics', label: 'Metrics' },
    { value: 'artifacts', label: 'Artifacts', ...(artifacts > 0 && { count: artifacts }) },
    ...(hasSummary ? [{ value: 'summary', label: 'Summary' } as const] : []),
  ];
}

function deltaWords(story: RunStory | null, tab: RunTab): string {
  const found = story === null ? undefined : storyFigures(story).find((figure) => figure.tab === tab);
  return found?.delta == null ? '' : ` (${found.delta})`;
}
