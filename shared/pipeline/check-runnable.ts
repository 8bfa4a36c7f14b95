import { quote } from './describe-value.ts';
import type { IssueList } from './issue-list.ts';
import type { Pipeline, PipelineStage } from './pipeline.ts';

/** Keys that say whether, how often or where a stage runs: without them it would do what its file does not allow. */
const DECISIVE_KEYS = ['container'] as const;

/** Refuses a stage that this version cannot run as its file says. */
export function checkRunnable(stage: PipelineStage, { file }: Pipeline, issues: IssueList): void {
  const { type } = stage.body;
  const place = { line: stage.line, column: 1 };
  if (type === 'none') {
    issues.add('missing-body', place, `Stage ${quote(stage.id)} says not (or not clearly) what to do`);
    return;
  }
  const written = file.stages[stage.id];
  const keys: string[] = DECISIVE_KEYS.filter((key) => written?.[key] !== undefined);
  if (written?.['runs-on'] !== undefined && written['runs-on'] !== 'local') keys.push('runs-on');
  const [key] = keys;
  if (key === undefined) return;
  issues.add(
    'unsupported-stage',
    place,
    `Stage ${quote(stage.id)} cannot run yet: \`${key}\` works from a later version`,
    'run the other stages with --stage, or take the key out',
  );
}
