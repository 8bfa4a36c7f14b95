import { quote } from './describe-value.ts';
import type { IssueList } from './issue-list.ts';
import type { Pipeline, PipelineStage } from './pipeline.ts';
import type { PlannedStage } from './plan.ts';
import type { Suggest } from './suggest.ts';

/** The stage of the file that an id belongs to: itself, or that of the leg or of the called pipeline that it names. */
function baseOf(id: string, known: ReadonlyMap<string, unknown>): string {
  if (known.has(id)) return id;
  const base = /^[^[/]+(?=[[/])/.exec(id)?.[0] ?? id;
  return known.has(base) ? base : id;
}

/** The chosen stages and what they need, in the order of the file; every `needs` names one of them, or is an issue. */
export function selectStages(
  pipeline: Pipeline,
  chosen: readonly string[] | null,
  issues: IssueList,
  suggest: Suggest,
): readonly PipelineStage[] {
  const byId = new Map(pipeline.stages.map((stage) => [stage.id, stage] as const));
  const selected = new Set<string>();
  const open: { readonly id: string; readonly neededBy: PipelineStage | null }[] = [];
  for (const id of chosen ?? byId.keys()) open.push({ id: baseOf(id, byId), neededBy: null });
  if (open.length === 0) issues.add('empty-stages', null, 'The pipeline has no stages to run');
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { id, neededBy } = next;
    const stage = byId.get(id);
    if (stage === undefined) {
      const close = suggest(id, byId.keys());
      const hint = close === null ? null : `did you mean \`${close}\`?`;
      if (neededBy === null) issues.add('unknown-stage', null, `There is no stage ${quote(id)}`, hint);
      else {
        const message = `Stage ${quote(neededBy.id)} needs ${quote(id)}, which does not exist`;
        issues.add('missing-need', { line: neededBy.line, column: 1 }, message, hint);
      }
    } else if (!selected.has(id)) {
      selected.add(id);
      for (const need of stage.needs) open.push({ id: need, neededBy: stage });
    }
  }
  return pipeline.stages.filter((stage) => selected.has(stage.id));
}

/**
 * Of the stages that a file has become, those that were chosen and what they need. A leg that is chosen without its
 * matrix brings the stage that stands for the matrix along, which then knows only the chosen legs.
 */
export function selectPlanned(
  stages: readonly PlannedStage[],
  chosen: readonly string[] | null,
  issues: IssueList,
  suggest: Suggest,
): readonly PlannedStage[] {
  if (chosen === null) return stages;
  const byId = new Map(stages.map((stage) => [stage.id as string, stage] as const));
  const kept = new Set<string>();
  const open: string[] = [];
  for (const id of chosen) {
    const base = byId.get(baseOf(id, byId));
    if (byId.has(id)) open.push(id);
    else if (base !== undefined) {
      const isOpen = base.matrix?.legs === null;
      const close = suggest(id, byId.keys());
      issues.add(
        'unknown-stage',
        { line: base.line, column: 1 },
        isOpen
          ? `The legs of ${quote(base.id)} are only known while it runs`
          : `There is no stage ${quote(id)}`,
        isOpen ? `choose all of it with --stage ${base.id}` : close && `did you mean \`${close}\`?`,
      );
    }
  }
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (kept.has(id)) continue;
    kept.add(id);
    open.push(...(byId.get(id)?.needs ?? []));
  }
  const groups = new Set(
    stages.flatMap(({ id, leg }) => (leg !== null && kept.has(id) ? [leg.of as string] : [])),
  );
  return stages.flatMap((stage) => {
    if (kept.has(stage.id)) return [stage];
    if (!groups.has(stage.id) || stage.matrix === null) return [];
    const legs = (stage.matrix.legs ?? []).filter((leg) => kept.has(leg));
    return [{ ...stage, needs: legs, matrix: { ...stage.matrix, legs } }];
  });
}
