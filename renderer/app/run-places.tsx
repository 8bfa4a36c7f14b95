import { Suspense } from 'react';
import type { RunSlots } from '#renderer/features/runs/run-slots.ts';
import { SkeletonRows } from '#renderer/ui/skeleton.tsx';
import type { RunTab } from '#renderer/ui/navigation/route.ts';
import type { RunId, StageId } from '#shared/lib/ids.ts';
import { lazyPart } from '#renderer/ui/lazy-part.ts';

const RunScreen = lazyPart(
  async () => (await import('#renderer/features/runs/components/run-screen.tsx')).RunScreen,
);
const RunLogScreen = lazyPart(
  async () => (await import('#renderer/features/runs/components/run-log-screen.tsx')).RunLogScreen,
);
const RunShellScreen = lazyPart(
  async () => (await import('#renderer/features/runs/components/run-shell-screen.tsx')).RunShellScreen,
);
const ShellView = lazyPart(
  async () => (await import('#renderer/features/shell/components/shell-view.tsx')).ShellView,
);
const LogView = lazyPart(
  async () => (await import('#renderer/features/logs/components/log-view.tsx')).LogView,
);
const ArtifactBrowser = lazyPart(
  async () => (await import('#renderer/features/artifacts/components/artifact-browser.tsx')).ArtifactBrowser,
);
const CoverageBrowser = lazyPart(
  async () => (await import('#renderer/features/coverage/components/coverage-browser.tsx')).CoverageBrowser,
);
const FindingsBrowser = lazyPart(
  async () => (await import('#renderer/features/findings/components/findings-browser.tsx')).FindingsBrowser,
);
const MetricsBrowser = lazyPart(
  async () => (await import('#renderer/features/metrics/components/metrics-browser.tsx')).MetricsBrowser,
);
const SupplyChainBrowser = lazyPart(
  async () =>
    (await import('#renderer/features/supply-chain/components/supply-chain-browser.tsx')).SupplyChainBrowser,
);
const TestBrowser = lazyPart(
  async () => (await import('#renderer/features/reports/components/test-browser.tsx')).TestBrowser,
);

const LOADING = <SkeletonRows />;

// Each waits for its own code: a part that loads must not blank the whole screen.
const SLOTS: RunSlots = {
  log: (props) => (
    <Suspense fallback={LOADING}>
      <LogView {...props} />
    </Suspense>
  ),
  shell: (props) => (
    <Suspense fallback={LOADING}>
      <ShellView {...props} />
    </Suspense>
  ),
  artifacts: (props) => (
    <Suspense fallback={LOADING}>
      <ArtifactBrowser {...props} />
    </Suspense>
  ),
  coverage: (props) => (
    <Suspense fallback={LOADING}>
      <CoverageBrowser {...props} />
    </Suspense>
  ),
  findings: (props) => (
    <Suspense fallback={LOADING}>
      <FindingsBrowser {...props} />
    </Suspense>
  ),
  supplyChain: (props) => (
    <Suspense fallback={LOADING}>
      <SupplyChainBrowser {...props} />
    </Suspense>
  ),
  metrics: (props) => (
    <Suspense fallback={LOADING}>
      <MetricsBrowser {...props} />
    </Suspense>
  ),
  tests: (props) => (
    <Suspense fallback={LOADING}>
      <TestBrowser {...props} />
    </Suspense>
  ),
};

// Screens of a run, with the parts of it that other features draw.

export function RunPlace(props: {
  readonly runId: RunId;
  readonly tab: RunTab | undefined;
  readonly stage: StageId | undefined;
  readonly item: string | undefined;
}) {
  return <RunScreen {...props} slots={SLOTS} />;
}

export function LogPlace(props: {
  readonly runId: RunId;
  readonly stage: StageId;
  readonly attempt: number;
  readonly line: number | undefined;
  readonly service: string | undefined;
}) {
  return <RunLogScreen {...props} slots={SLOTS} />;
}

export function ShellPlace(props: {
  readonly runId: RunId;
  readonly stage: StageId;
  readonly attempt: number;
}) {
  return <RunShellScreen {...props} slots={SLOTS} />;
}
