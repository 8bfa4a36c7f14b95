import type {
  CoverageView,
  FindingsView,
  ListedTests,
  RunStory,
  SupplyChain,
} from '#shared/api/report-schemas.ts';
import type { Artifact, RunSummary } from '#shared/api/schemas.ts';
import type { RunState } from '#shared/run/run-state.ts';
import { html } from './markup.ts';
import { coverageSection, findingsSection } from './quality-sections.ts';
import { headSection, stageSection, storySection } from './run-sections.ts';
import { STYLE } from './style.ts';
import { artifactSection, supplySection } from './supply-sections.ts';
import { type FailedCase, testSection } from './test-section.ts';

/** What a report of a run is made of. */
export interface ReportData {
  readonly run: RunSummary;
  readonly state: RunState;
  readonly story: RunStory;
  readonly tests: readonly ListedTests[];
  /** With what they said; there may be fewer than failed. */
  readonly failures: readonly FailedCase[];
  readonly coverage: CoverageView | null;
  readonly findings: FindingsView;
  readonly supplyChain: SupplyChain;
  readonly artifacts: readonly Artifact[];
}

/** A run as one page that loads nothing and runs nothing, smaller than 5 MB: long lists are cut, and say so. */
export function renderReport(data: ReportData): string {
  const { run, state, story, tests, failures, coverage, findings, supplyChain, artifacts } = data;
  const head = html`<meta charset="utf-8" />
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>${run.name} #${run.number}: ${run.status}</title>`;
  const body = html`${headSection(run, story)} ${storySection(story)} ${testSection(tests, failures)}
  ${coverageSection(coverage)} ${findingsSection(findings)} ${supplySection(supplyChain)}
  ${artifactSection(artifacts)} ${stageSection(state)}`;
  return `<!doctype html>\n<html lang="en">\n<head>\n${head.text}\n<style>${STYLE}</style>\n</head>\n<body>\n${body.text}\n</body>\n</html>\n`;
}
