import { stageIdOf } from '../lib/ids.ts';
import type { Pipeline, PipelineStage, PipelineStep, StageBody, StepContent } from './pipeline.ts';
import type { PlannedRetry, PlannedStage, PlannedStep, StepBody } from './plan.ts';
import { LOCAL } from './plan-place.ts';
import { automaticStepId } from './step-ids.ts';

const MAX_STEP_NAME = 60;

/** A stage as it will run: what it does not say itself is taken from the pipeline's `defaults`. */
export function planStage(stage: PipelineStage, { defaults }: Pipeline): PlannedStage {
  const shell = stage.shell ?? defaults.shell;
  return {
    id: stageIdOf(stage.id),
    name: stage.name,
    kind: stage.body.type === 'uses' ? stage.body.kind : stage.body.type,
    needs: stage.needs.map(stageIdOf),
    steps: stepsOf(stage.body).map((step, index) => planStep(step, index, shell)),
    env: { ...defaults.env, ...stage.env },
    workingDirectory: stage.workingDirectory ?? defaults.workingDirectory,
    timeoutMs: stage.timeoutMs ?? defaults.timeoutMs,
    ...(stage.idleTimeoutMs !== undefined && { idleTimeoutMs: stage.idleTimeoutMs }),
    ...(stage.graceMs !== undefined && { graceMs: stage.graceMs }),
    continueOnError: stage.continueOnError ?? defaults.continueOnError,
    ...(stage.open === undefined ? {} : { open: stage.open }),
    artifacts: stage.artifacts,
    reports: stage.reports,
    ...(stage.gate === null ? {} : { gate: stage.gate }),
    outputs: stage.outputs,
    condition: stage.condition,
    retry: retryOf(stage.retry ?? defaults.retry),
    approval: stage.body.type === 'approval' ? stage.body.approval : null,
    matrix: null,
    leg: null,
    caches: stage.caches,
    ...placeFields(stage, defaults),
    skipIfUnchanged: stage.skipIfUnchanged,
    secrets: stage.secrets,
    environment: stage.environment,
    locks: stage.locks,
    concurrency: stage.concurrency ?? null,
    slots: stage.slots,
    state: stage.state,
    hooks: stage.hooks,
    line: stage.line,
  };
}

/** Fields that most stages do not have stay out of the plan. */
function placeFields(
  stage: PipelineStage,
  defaults: Pipeline['defaults'],
): Pick<PlannedStage, 'place' | 'services' | 'resources'> {
  // What only waits, for a person or for other stages, is nowhere.
  if (stage.body.type === 'approval' || stage.body.type === 'pipeline') return {};
  const place = stage.place ?? defaults.place ?? LOCAL;
  return {
    ...(place.type === 'local' ? {} : { place }),
    ...(stage.services.length === 0 ? {} : { services: stage.services }),
    ...(stage.resources === null ? {} : { resources: stage.resources }),
  };
}

const retryOf = (retry: PlannedRetry | null): PlannedRetry | null =>
  retry === null || retry.max === 0 ? null : retry;

type OpenStep = Pick<PipelineStep, 'body'> & Partial<PipelineStep>;

function stepsOf(body: StageBody): readonly OpenStep[] {
  switch (body.type) {
    case 'run':
    case 'uses':
      return [{ body }];
    case 'steps':
      return body.steps;
    case 'approval':
    case 'pipeline':
    case 'none':
      return [];
  }
}

/** @param shell of the stage */
export function planStep(step: OpenStep, index: number, shell: string | null): PlannedStep {
  return {
    id: step.id ?? automaticStepId(index),
    name: step.name ?? defaultName(step.body),
    body: bodyOf(step.body, step.shell ?? shell),
    env: step.env ?? {},
    workingDirectory: step.workingDirectory ?? null,
    timeoutMs: step.timeoutMs ?? null,
    continueOnError: step.continueOnError ?? false,
    ...(step.open === undefined ? {} : { open: step.open }),
    condition: step.condition ?? null,
  };
}

function bodyOf(content: StepContent, shell: string | null): StepBody {
  if (content.type === 'run') return { type: 'run', script: content.script, shell };
  return { type: 'uses', kind: content.kind, with: content.with };
}

/** The first line of a script that does something, or the kind. */
function defaultName(content: StepContent): string {
  if (content.type === 'uses') return content.kind;
  const lines = content.script.split('\n').map((line) => line.trim());
  const line = lines.find((text) => text !== '' && !text.startsWith('#')) ?? 'script';
  return line.length > MAX_STEP_NAME ? `${line.slice(0, MAX_STEP_NAME - 1)}…` : line;
}
