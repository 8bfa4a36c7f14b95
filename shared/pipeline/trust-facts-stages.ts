import type { Pipeline, PipelineStage, StageBody, StepContent } from './pipeline.ts';
import { isContainerService, type PlannedPlace, type PlannedService } from './plan-place.ts';
import { labelWords } from './place-words.ts';
import type { PipelineFile } from './schema.ts';

/** One thing that a stage executes, in the file's own words. */
export interface TrustCommand {
  /** `run`, the shell, a kind of the catalog, `approval`, `pipeline`, `container`, … */
  readonly label: string;
  readonly text: string;
}

/** What a stage would execute, steps in their order. */
export interface TrustStage {
  /** Of a called pipeline's stage with the ids of the stages that call it: `deploy/upload`. */
  readonly id: string;
  readonly commands: readonly TrustCommand[];
}

type RunHooks = NonNullable<PipelineFile['hooks']>;

/** What a pipeline would execute: each stage after those that it needs, and what follows the run at the end. */
export function trustStages(pipeline: Pipeline): readonly TrustStage[] {
  return [...stagesOf(pipeline, ''), ...runHooks(pipeline.file.hooks)];
}

/** Calls in a circle are errors of the file; what is asked about has none. */
function stagesOf(pipeline: Pipeline, prefix: string): TrustStage[] {
  return inOrder(pipeline.stages).flatMap((stage) => {
    const id = `${prefix}${stage.id}`;
    const own = { id, commands: commandsOf(stage, pipeline) };
    const called = stage.body.type === 'pipeline' ? pipeline.called.get(stage.body.target) : undefined;
    return called === undefined ? [own] : [own, ...stagesOf(called, `${id}/`)];
  });
}

/** Stages after what they need, else as the file has them. */
function inOrder(stages: readonly PipelineStage[]): PipelineStage[] {
  const byId = new Map(stages.map((stage) => [stage.id, stage]));
  const ordered = new Set<PipelineStage>();
  const begun = new Set<PipelineStage>();
  for (const first of stages) {
    if (ordered.has(first)) continue;
    // A stack of its own: a chain of stages may be longer than calls may be deep.
    const open = [first];
    begun.add(first);
    for (let stage = open.at(-1); stage !== undefined; stage = open.at(-1)) {
      const missing = stage.needs
        .map((id) => byId.get(id))
        .find((need) => need !== undefined && !begun.has(need));
      if (missing !== undefined) {
        begun.add(missing);
        open.push(missing);
        continue;
      }
      ordered.add(stage);
      open.pop();
    }
  }
  return [...ordered];
}

function commandsOf(stage: PipelineStage, { defaults }: Pipeline): TrustCommand[] {
  const shell = stage.shell ?? defaults.shell;
  return [
    ...placeCommands(stage.place ?? defaults.place, stage.body),
    ...stage.services.map(serviceCommand),
    ...bodyCommands(stage.body, shell),
    ...hookCommand('on success', stage.hooks.success),
    ...hookCommand('on failure', stage.hooks.failure),
  ];
}

function placeCommands(place: PlannedPlace | null, { type }: StageBody): TrustCommand[] {
  if (place === null || place.type === 'local' || type === 'approval' || type === 'pipeline') return [];
  if (place.type === 'container') return [{ label: 'container', text: place.container.image }];
  const text = place.type === 'ssh' ? place.host : `any with ${labelWords(place.labels)}`;
  return [{ label: 'host', text }];
}

function serviceCommand(service: PlannedService): TrustCommand {
  const { id, health } = service;
  const lines = isContainerService(service)
    ? [service.image, ...(service.command.length === 0 ? [] : [service.command.join(' ')])]
    : [service.script.trim()];
  return {
    label: `service ${id}`,
    text: [...lines, ...(health === null ? [] : [health.command])].join('\n'),
  };
}

function bodyCommands(body: StageBody, shell: string | null): TrustCommand[] {
  switch (body.type) {
    case 'run':
    case 'uses':
      return [contentCommand(body, shell)];
    case 'steps':
      return body.steps.map((step) => contentCommand(step.body, step.shell ?? shell));
    case 'approval':
      return [{ label: 'approval', text: body.approval.message }];
    case 'pipeline':
      return [{ label: 'pipeline', text: body.target }];
    case 'none':
      return [];
  }
}

function contentCommand(content: StepContent, shell: string | null): TrustCommand {
  if (content.type === 'run') return { label: shell ?? 'run', text: content.script.trim() };
  const { command, ...rest } = content.with;
  const settings = Object.entries(rest).map(([name, value]) => `${name}: ${asText(value)}`);
  const lines = typeof command === 'string' ? [command.trim(), ...settings] : settings;
  return { label: content.kind, text: lines.join('\n') };
}

const asText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

function hookCommand(label: string, script: string | null): TrustCommand[] {
  return script === null ? [] : [{ label, text: script.trim() }];
}

function runHooks(hooks: RunHooks | undefined): TrustStage[] {
  return Object.entries(hooks ?? {}).flatMap(([outcome, steps]) => {
    const commands = steps.map(({ run, uses, with: settings, shell }) =>
      contentCommand(
        run === undefined
          ? { type: 'uses', kind: uses ?? '', with: settings ?? {} }
          : { type: 'run', script: run },
        shell ?? null,
      ),
    );
    return [{ id: `after the run (${outcome})`, commands }];
  });
}
