import type {
  Pipeline,
  PipelineInput,
  PipelineMatrix,
  PipelineStage,
  PipelineStep,
  RunHook,
  StageBody,
  StepContent,
} from './pipeline.ts';
import { placeOf } from './normalize-place.ts';
import { approvalOf, concurrencyOf, conditionOf, executionOf, retryOf } from './normalize-execution.ts';
import { openValuesOf } from './open-values.ts';
import type { PlannedGate, PlannedReports } from './plan.ts';
import type { PipelineFile } from './schema.ts';
import type { SourceMap, ValuePath } from './source-map.ts';

type FileStage = PipelineFile['stages'][string];
type FileStep = NonNullable<FileStage['steps']>[number];
type FileInput = NonNullable<PipelineFile['inputs']>[string];
type Scalars = Readonly<Record<string, string | number | boolean | null>>;

/** Turns a checked file into its normal form. `source` gives lines, and numbers as they are written. */
export function normalizePipeline(file: PipelineFile, source: SourceMap, path: string): Pipeline {
  const normalizer = new Normalizer(source);
  const { defaults } = file;
  const called = new Map<string, Pipeline>();
  const pipeline: Pipeline = {
    ...normalizer.part(file, []),
    path,
    name: file.name ?? fileName(path),
    workspace: file.workspace,
    timeoutMs: file.timeout ?? null,
    failFast: file['fail-fast'] ?? false,
    maxParallel: file['max-parallel'] ?? null,
    concurrency: concurrencyOf(file.concurrency),
    onRestart: file['on-restart'] ?? 'wait',
    vars: normalizer.texts(file.vars, ['vars']),
    state: Object.fromEntries(
      Object.entries(file.state ?? {}).map(([id, value]) => [
        id,
        (typeof value === 'string' ? value : value?.default) ?? '',
      ]),
    ),
    ...(file.retention && {
      retention: { ageMs: file.retention.age ?? null, runs: file.retention.runs ?? null },
    }),
    defaults: {
      env: normalizer.texts(defaults?.env, ['defaults', 'env']),
      shell: defaults?.shell ?? null,
      workingDirectory: defaults?.['working-directory'] ?? null,
      timeoutMs: defaults?.timeout ?? null,
      retry: retryOf(defaults?.retry),
      continueOnError: defaults?.['continue-on-error'] ?? false,
      place: placeOf(defaults?.['runs-on'], defaults?.container, (values, path) =>
        normalizer.texts(values, ['defaults', ...path]),
      ),
    },
    hooks: normalizer.hooks(file.hooks),
    called,
    file,
  };
  for (const [id, part] of Object.entries(file.pipelines ?? {})) {
    called.set(id, {
      ...pipeline,
      ...normalizer.part(part, ['pipelines', id]),
      name: part.name ?? id,
      file: { ...file, stages: part.stages },
    });
  }
  return pipeline;
}

/** `pipewright.yml` in a folder is named after nothing better than itself: `pipewright`. */
const fileName = (path: string): string =>
  path
    .split(/[/\\]/)
    .at(-1)!
    .replace(/\.ya?ml$/i, '');

class Normalizer {
  readonly #source: SourceMap;

  constructor(source: SourceMap) {
    this.#source = source;
  }

  /** Environment variables as texts: `1.10` stays `1.10`, though YAML reads the number 1.1. */
  texts(values: Scalars | undefined, path: ValuePath): Record<string, string> {
    const texts: Record<string, string> = {};
    for (const [key, value] of Object.entries(values ?? {})) texts[key] = this.#text(value, [...path, key]);
    return texts;
  }

  /** What a file has in common with each of its `pipelines`. */
  part(
    { inputs, env, outputs, stages }: Pick<PipelineFile, 'inputs' | 'env' | 'outputs' | 'stages'>,
    path: ValuePath,
  ): Pick<Pipeline, 'inputs' | 'env' | 'outputs' | 'stages'> {
    return {
      inputs: Object.entries(inputs ?? {}).map(([id, input]) =>
        this.#input(id, input, [...path, 'inputs', id]),
      ),
      env: this.texts(env, [...path, 'env']),
      outputs: outputs ?? {},
      stages: Object.entries(stages).map(([id, stage]) => this.#stage(id, stage, [...path, 'stages', id])),
    };
  }

  /** A hook may be one step or a list of them. */
  hooks(hooks: PipelineFile['hooks']): Pipeline['hooks'] {
    const stepsOf = (name: RunHook): PipelineStep[] => {
      const path = ['hooks', name];
      return (hooks?.[name] ?? [])
        .map((step, index) => {
          const item = [...path, index];
          return this.#step(step, this.#source.has(item) ? item : path);
        })
        .filter((step) => step !== null);
    };
    return { success: stepsOf('success'), failure: stepsOf('failure'), always: stepsOf('always') };
  }

  #input(id: string, input: FileInput, path: ValuePath): PipelineInput {
    const isText = input.type === 'string' || input.type === 'choice';
    const initial = input.default ?? null;
    return {
      id,
      type: input.type,
      description: input.description ?? null,
      required: input.required,
      default: initial !== null && isText ? this.#text(initial, [...path, 'default']) : initial,
      options: (input.options ?? []).map((option, index) => this.#text(option, [...path, 'options', index])),
      line: this.#line(path),
    };
  }

  #stage(id: string, stage: FileStage, path: ValuePath): PipelineStage {
    return {
      ...executionOf(stage, (values, inner) => this.texts(values, [...path, ...inner])),
      id,
      name: stage.name ?? id,
      body: this.#body(stage, path),
      matrix: this.#matrix(stage.matrix, [...path, 'matrix']),
      needs: [...new Set(stage.needs ?? [])],
      env: { ...secretsAsVariables(stage), ...this.texts(stage.env, [...path, 'env']) },
      shell: stage.shell ?? null,
      workingDirectory: stage['working-directory'] ?? null,
      timeoutMs: typeof stage.timeout === 'number' ? stage.timeout : null,
      ...(stage['idle-timeout'] !== undefined && { idleTimeoutMs: stage['idle-timeout'] }),
      ...(stage.grace !== undefined && { graceMs: stage.grace }),
      ...openValuesOf(stage),
      artifacts: (stage.artifacts ?? []).map((artifact) => ({
        name: artifact.name,
        paths: [...artifact.paths, ...(artifact.exclude ?? []).map((glob) => `!${glob.replace(/^!/, '')}`)],
        ifNoFilesFound: artifact['if-no-files-found'],
        ...(artifact.retention !== undefined && { retentionMs: artifact.retention }),
      })),
      reports: reportsOf(stage),
      gate: gateOf(stage),
      outputs: stage.outputs ?? {},
      line: this.#line(path),
    };
  }

  /** Of what another file brings, the line that includes it. */
  #line(path: ValuePath): number {
    const place = this.#source.key(path);
    return place.file === undefined ? place.line : this.#source.key(['include']).line;
  }

  #body(stage: FileStage, path: ValuePath): StageBody {
    const bodies = ['run', 'uses', 'steps', 'approval', 'pipeline'] as const;
    const present = bodies.filter((key) => stage[key] !== undefined);
    const [body = 'none'] = present;
    if (present.length !== 1 || body === 'none') return { type: 'none' };
    if (body === 'pipeline') {
      const given = Object.entries(stage.with ?? {}).map(([key, value]) => [
        key,
        this.#text(isScalar(value) ? value : null, [...path, 'with', key]),
      ]);
      return {
        type: body,
        target: stage.pipeline ?? '',
        with: Object.fromEntries(given) as Record<string, string>,
      };
    }
    if (body === 'approval' && stage.approval !== undefined) {
      return { type: body, approval: approvalOf(stage.name ?? String(path.at(-1)), stage.approval) };
    }
    if (body !== 'steps') return contentOf(stage) ?? { type: 'none' };
    const steps = (stage.steps ?? []).map((step, index) => this.#step(step, [...path, 'steps', index]));
    return { type: 'steps', steps: steps.filter((step) => step !== null) };
  }

  #matrix(matrix: FileStage['matrix'], path: ValuePath): PipelineMatrix | null {
    if (matrix === undefined) return null;
    if (typeof matrix === 'string') return { definition: matrix, failFast: true, maxParallel: null };
    const { 'fail-fast': failFast = true, 'max-parallel': maxParallel = null, ...definition } = matrix;
    return { definition: this.#asWritten(definition, path), failFast, maxParallel };
  }

  /** Numbers such as `3.10` stay the texts that they are written as, where the number would be another. */
  #asWritten(value: unknown, path: ValuePath): unknown {
    if (typeof value === 'number') {
      const literal = this.#source.literal(path);
      return literal !== null && /^\d+\.\d*0$/.test(literal) ? literal : value;
    }
    if (Array.isArray(value)) return value.map((item, index) => this.#asWritten(item, [...path, index]));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, this.#asWritten(item, [...path, key])]),
    );
  }

  #step(step: FileStep, path: ValuePath): PipelineStep | null {
    const body = contentOf(step);
    if (body === null) return null;
    return {
      id: step.id ?? null,
      name: step.name ?? null,
      body,
      env: this.texts(step.env, [...path, 'env']),
      shell: step.shell ?? null,
      workingDirectory: step['working-directory'] ?? null,
      timeoutMs: typeof step.timeout === 'number' ? step.timeout : null,
      continueOnError: step['continue-on-error'] === true,
      ...openValuesOf(step),
      condition: conditionOf(step.if),
      line: this.#source.value(path).line,
    };
  }

  #text(value: string | number | boolean | null, path: ValuePath): string {
    return typeof value === 'number' ? (this.#source.literal(path) ?? String(value)) : String(value ?? '');
  }
}

const isScalar = (value: unknown): value is Scalars[string] =>
  value === null || ['string', 'number', 'boolean'].includes(typeof value);

/** Secrets that the stage sees under another name. */
function secretsAsVariables({ secrets }: FileStage): Record<string, string> {
  if (secrets === undefined || Array.isArray(secrets)) return {};
  return Object.fromEntries(
    Object.entries(secrets).map(([variable, secret]) => [variable, `\${{ secrets.${secret} }}`]),
  );
}

function contentOf(work: Pick<FileStep, 'run' | 'uses' | 'with'>): StepContent | null {
  if (work.run !== undefined) return work.uses === undefined ? { type: 'run', script: work.run } : null;
  return work.uses === undefined ? null : { type: 'uses', kind: work.uses, with: work.with ?? {} };
}

/** An empty list is no gate. */
function gateOf({ gate }: FileStage): PlannedGate | null {
  const conditions = (gate?.conditions ?? []).flatMap((condition) => conditionOf(condition) ?? []);
  if (gate === undefined || conditions.length === 0) return null;
  return { conditions, newOnly: gate.baseline === 'new-only', branch: gate.branch ?? null };
}

function reportsOf({ reports = {} }: FileStage): PlannedReports {
  const { junit = [], coverage = [], sarif, sbom } = reports;
  return { junit, coverage, ...(sarif !== undefined && { sarif }), ...(sbom !== undefined && { sbom }) };
}
