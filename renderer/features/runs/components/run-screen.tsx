import { useShallow } from 'zustand/shallow';
import { replaceRoute } from '#renderer/ui/navigation/navigate.ts';
import type { RunTab } from '#renderer/ui/navigation/route.ts';
import { TabPanel, Tabs } from '#renderer/ui/tabs.tsx';
import type { RunId, StageId } from '#shared/lib/ids.ts';
import { isFinalRunStatus } from '#shared/run/status.ts';
import { useFollowedRun } from '../hooks/use-followed-run.ts';
import { useRunCommands } from '../hooks/use-run-commands.ts';
import { useStory } from '../hooks/use-story.ts';
import { chapterOf } from '../story-chapter.ts';
import { useRun, useRunView } from '../run-context.ts';
import type { RunSlots } from '../run-slots.ts';
import { runTabs } from '../run-tabs.ts';
import { selectFigures } from '../selectors.ts';
import { RunGuard } from './run-guard.tsx';
import { RunHeader } from './run-header.tsx';
import { StageBrowser } from './stage-browser.tsx';
import { SummaryTab } from './summary-tab.tsx';
import { WhatBrokeLine } from './what-broke-line.tsx';

export interface RunScreenProps {
  readonly runId: RunId;
  /** Default: the graph. */
  readonly tab?: RunTab | undefined;
  /** The selected stage. */
  readonly stage?: StageId | undefined;
  /** What is chosen in the tab. */
  readonly item?: string | undefined;
  /** Keep the same object. */
  readonly slots: RunSlots;
}

/** A run, live: how it stands, what broke, its graph and waterfall with the selected stage, its tests and artifacts. */
export function RunScreen({ runId, tab = 'graph', stage, item, slots }: RunScreenProps) {
  const followed = useFollowedRun(runId);
  useRunCommands(followed.store);
  return (
    <RunGuard followed={followed}>
      <LoadedRunHeader stage={stage ?? null} />
      <RunViews runId={runId} tab={tab} stage={stage ?? null} item={item ?? null} slots={slots} />
    </RunGuard>
  );
}

function LoadedRunHeader({ stage }: { readonly stage: StageId | null }) {
  const run = useRun();
  return (
    <>
      <RunHeader run={run} stage={stage} />
      <WhatBrokeLine run={run} />
    </>
  );
}

interface RunViewsProps {
  readonly runId: RunId;
  readonly tab: RunTab;
  readonly stage: StageId | null;
  readonly item: string | null;
  readonly slots: RunSlots;
}

function RunViews({ runId, tab, stage, item, slots }: RunViewsProps) {
  const figures = useRunView(useShallow(selectFigures));
  const story = useStory(
    runId,
    useRunView(({ run }) => (run === null ? '' : chapterOf(run))),
  );
  const isComplete = useRunView(({ run }) => run !== null && isFinalRunStatus(run.status));
  if (figures === null) return null;
  const show = (next: RunTab): void =>
    replaceRoute({ screen: 'run', runId, tab: next, ...(stage !== null && { stage }) });
  const counted = { runId, isComplete };
  const report = {
    ...counted,
    item,
    onItem: (next: string): void =>
      replaceRoute({ screen: 'run', runId, tab, ...(stage !== null && { stage }), item: next }),
  };
  return (
    <Tabs label="Views of the run" items={runTabs(figures, story)} value={tab} onValueChange={show}>
      {(tab === 'graph' || tab === 'waterfall') && (
        <TabPanel value={tab}>
          <StageBrowser runId={runId} view={tab} stage={stage} slots={slots} />
        </TabPanel>
      )}
      <TabPanel value="tests">
        {slots.tests({ ...report, count: figures.testsPassed + figures.testsFailed })}
      </TabPanel>
      <TabPanel value="coverage">{slots.coverage({ ...report, count: figures.coverages })}</TabPanel>
      <TabPanel value="findings">{slots.findings({ ...report, count: figures.findingReports })}</TabPanel>
      <TabPanel value="supply-chain">
        {slots.supplyChain({ ...report, count: figures.supplyReports })}
      </TabPanel>
      <TabPanel value="metrics">{slots.metrics({ ...report, count: figures.metricReports })}</TabPanel>
      <TabPanel value="artifacts">{slots.artifacts({ ...counted, count: figures.artifacts })}</TabPanel>
      <TabPanel value="summary">
        <SummaryTab />
      </TabPanel>
    </Tabs>
  );
}
