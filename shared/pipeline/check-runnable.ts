import { quote } from './describe-value.ts';
import type { IssueList } from './issue-list.ts';
import type { Pipeline, PipelineStage } from './pipeline.ts';
import type { PipelineFile } from './schema.ts';

/** Refuses a stage that this version cannot run as its file says. */
export function checkRunnable(stage: PipelineStage, { file }: Pipeline, issues: IssueList): void {
  const { type } = stage.body;
  const place = { line: stage.line, column: 1 };
  if (type === 'none') {
    issues.add('missing-body', place, `Stage ${quote(stage.id)} says not (or not clearly) what to do`);
    return;
  }
  if (type === 'approval' || type === 'pipeline') return;
  const runsOn = runsOnOf(stage.id, file);
  if (hasKey(runsOn, 'pool'))
    issues.add(
      'unsupported-stage',
      place,
      `Stage ${quote(stage.id)} cannot run yet: a pool of runners works from a later version`,
      'run the other stages with --stage, or let it run in a container or on a host',
    );
}

type RunsOn = PipelineFile['stages'][string]['runs-on'];

/** What a stage says itself wins, also by naming a container. */
function runsOnOf(id: string, { stages, defaults }: PipelineFile): RunsOn {
  const stage = stages[id];
  return stage?.['runs-on'] ?? (stage?.container === undefined ? defaults?.['runs-on'] : 'docker');
}

const hasKey = (place: RunsOn, key: string): boolean =>
  place === key || (typeof place === 'object' && key in place);
