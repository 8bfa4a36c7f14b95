import type {
  PipelineInput as InputView,
  PipelineStage as StageView,
  PipelineView,
} from '#shared/api/schemas.ts';
import { MAX_FILE_BYTES } from '#shared/pipeline/limits.ts';
import { hasErrors } from '#shared/pipeline/issue-list.ts';
import type { Pipeline, PipelineInput, PipelineStage, StageBody } from '#shared/pipeline/pipeline.ts';
import { type KindNames, readPipeline } from './plan-run.ts';
import { eventsOfFile } from './simulate/file-events.ts';

/** A file as a window shows it. @throws AppError `pipeline-not-found` */
export async function pipelineView(
  kinds: KindNames,
  projectDir: string,
  file: string,
): Promise<PipelineView> {
  const { pipeline, issues, bytes } = await readPipeline(kinds, projectDir, file);
  return {
    file,
    name: pipeline?.name ?? null,
    text: bytes.length > MAX_FILE_BYTES ? '' : new TextDecoder().decode(bytes),
    issues: [...issues],
    inputs: (pipeline?.inputs ?? []).map(inputView),
    stages: pipeline === null ? [] : stageViews(pipeline),
    triggers: eventsOfFile(pipeline?.file.on),
    runnable: pipeline !== null && !hasErrors(issues),
  };
}

function inputView({ id, type, description, default: initial, options, required }: PipelineInput): InputView {
  return { name: id, type, description, default: initial, options: [...options], required };
}

/** Only edges between stages that are there; a missing one is an issue of its own. */
function stageViews(pipeline: Pipeline): StageView[] {
  const ids = new Set(pipeline.stages.map(({ id }) => id));
  return pipeline.stages.map((stage) => ({
    id: stage.id,
    name: stage.name,
    kind: kindOf(stage.body),
    needs: stage.needs.filter((need) => ids.has(need)),
    line: stage.line,
    summary: summaryOf(stage.body),
    badges: badgesOf(stage),
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
