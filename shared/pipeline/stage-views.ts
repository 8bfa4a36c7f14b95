import type { PipelineInput as InputView, PipelineStage as StageView } from '../api/schemas.ts';
import type { PipelineInput, PipelineStage, StageBody } from './pipeline.ts';
import { LOCAL, type PlannedPlace } from './plan-place.ts';

/** An input as a form of it needs it. */
export function inputView({
  id,
  type,
  description,
  default: initial,
  options,
  required,
}: PipelineInput): InputView {
  return { name: id, type, description, default: initial, options: [...options], required };
}

/**
 * Stages as a graph draws them: only edges between stages that are there; a missing one is an issue of its own.
 * @param place of stages that name none
 */
export function stageViews(stages: readonly PipelineStage[], place: PlannedPlace | null = null): StageView[] {
  const ids = new Set(stages.map(({ id }) => id));
  return stages.map((stage) => ({
    id: stage.id,
    name: stage.name,
    kind: kindOf(stage.body),
    needs: stage.needs.filter((need) => ids.has(need)),
    line: stage.line,
    summary: summaryOf(stage.body),
    badges: [...placeBadges(stage, place), ...badgesOf(stage)],
  }));
}

function kindOf(body: StageBody): string {
  return body.type === 'uses' ? body.kind : body.type;
}

function summaryOf(body: StageBody): string {
  switch (body.type) {
    case 'run':
      return firstLine(body.script);
    case 'uses':
      return typeof body.with.command === 'string' ? firstLine(body.with.command) : body.kind;
    case 'steps':
      return body.steps.map((step) => step.name ?? step.id ?? summaryOf(step.body)).join(', ');
    case 'approval':
      return body.approval.message;
    case 'pipeline':
    case 'none':
      return body.type;
  }
}

function firstLine(script: string): string {
  return (
    script
      .split('\n')
      .find((line) => line.trim() !== '')
      ?.trim() ?? ''
  );
}

/** First of all: where it runs is what one wants to see at a glance. */
function placeBadges(
  { body, place, services }: PipelineStage,
  fallback: PlannedPlace | null,
): StageView['badges'] {
  if (body.type === 'approval' || body.type === 'pipeline') return [];
  const { type } = place ?? fallback ?? LOCAL;
  const where = type === 'ssh-labels' ? 'ssh' : type;
  return [...(where === 'local' ? [] : [where]), ...(services.length > 0 ? (['services'] as const) : [])];
}

function badgesOf(stage: PipelineStage): StageView['badges'] {
  const badges: StageView['badges'] = [];
  if (stage.condition !== null) badges.push('condition');
  if (stage.matrix !== null) badges.push('matrix');
  if (stage.retry !== null && stage.retry.max > 0) badges.push('retry');
  if (stage.body.type === 'approval') badges.push('approval');
  if (stage.caches.length > 0) badges.push('cache');
  if (stage.secrets.length > 0) badges.push('secrets');
  if (stage.continueOnError) badges.push('continue-on-error');
  if (stage.timeoutMs !== null) badges.push('timeout');
  if (stage.artifacts.length > 0) badges.push('artifacts');
  if (stage.reports.junit.length > 0) badges.push('reports');
  if (stage.body.type === 'steps') badges.push('steps');
  return badges;
}
