import type {
  Pipeline,
  PipelineInput,
  PipelineStage,
  PipelineStep,
  StageBody,
  StepContent,
} from './pipeline.ts';
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
  return {
    path,
    name: file.name ?? fileName(path),
    workspace: file.workspace,
    inputs: Object.entries(file.inputs ?? {}).map(([id, input]) => normalizer.input(id, input)),
    env: normalizer.texts(file.env, ['env']),
    timeoutMs: file.timeout ?? null,
    defaults: {
      env: normalizer.texts(defaults?.env, ['defaults', 'env']),
      shell: defaults?.shell ?? null,
      workingDirectory: defaults?.['working-directory'] ?? null,
      timeoutMs: defaults?.timeout ?? null,
    },
    stages: Object.entries(file.stages).map(([id, stage]) => normalizer.stage(id, stage)),
    file,
  };
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

  input(id: string, input: FileInput): PipelineInput {
    const path = ['inputs', id];
    const isText = input.type === 'string' || input.type === 'choice';
    const initial = input.default ?? null;
    return {
      id,
      type: input.type,
      description: input.description ?? null,
      required: input.required,
      default: initial !== null && isText ? this.#text(initial, [...path, 'default']) : initial,
      options: (input.options ?? []).map((option, index) => this.#text(option, [...path, 'options', index])),
      line: this.#source.key(path).line,
    };
  }

  stage(id: string, stage: FileStage): PipelineStage {
    const path = ['stages', id];
    const content = contentOf(stage);
    return {
      id,
      name: stage.name ?? id,
      body: this.#body(stage, path),
      needs: [...new Set(stage.needs ?? [])],
      env: this.texts(stage.env, [...path, 'env']),
      shell: stage.shell ?? null,
      workingDirectory: stage['working-directory'] ?? null,
      timeoutMs: stage.timeout ?? null,
      continueOnError: stage['continue-on-error'] ?? false,
      artifacts: (stage.artifacts ?? []).map((artifact) => ({
        name: artifact.name,
        paths: [...artifact.paths, ...(artifact.exclude ?? []).map((glob) => `!${glob.replace(/^!/, '')}`)],
        ifNoFilesFound: artifact['if-no-files-found'],
      })),
      reports: {
        junit: globsOf('junit', stage, content),
        coverage: globsOf('coverage', stage, content),
      },
      outputs: stage.outputs ?? {},
      line: this.#source.key(path).line,
    };
  }

  #body(stage: FileStage, path: ValuePath): StageBody {
    const bodies = ['run', 'uses', 'steps', 'approval', 'pipeline'] as const;
    const present = bodies.filter((key) => stage[key] !== undefined);
    const [body = 'none'] = present;
    if (present.length !== 1 || body === 'none') return { type: 'none' };
    if (body === 'approval' || body === 'pipeline') return { type: body };
    if (body !== 'steps') return contentOf(stage) ?? { type: 'none' };
    const steps = (stage.steps ?? []).map((step, index) => this.#step(step, [...path, 'steps', index]));
    return { type: 'steps', steps: steps.filter((step) => step !== null) };
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
      timeoutMs: step.timeout ?? null,
      continueOnError: step['continue-on-error'] ?? false,
      line: this.#source.value(path).line,
    };
  }

  #text(value: string | number | boolean | null, path: ValuePath): string {
    return typeof value === 'number' ? (this.#source.literal(path) ?? String(value)) : String(value ?? '');
  }
}

function contentOf(work: Pick<FileStep, 'run' | 'uses' | 'with'>): StepContent | null {
  if (work.run !== undefined) return work.uses === undefined ? { type: 'run', script: work.run } : null;
  return work.uses === undefined ? null : { type: 'uses', kind: work.uses, with: work.with ?? {} };
}

/** The stage's own globs, and those that the settings of its kind name under the same word. */
function globsOf(
  report: 'junit' | 'coverage',
  stage: FileStage,
  content: StepContent | null,
): readonly string[] {
  const setting = content?.type === 'uses' ? content.with[report] : null;
  const globs: readonly unknown[] = Array.isArray(setting) ? setting : [setting];
  const named = globs.filter((glob): glob is string => typeof glob === 'string' && glob !== '');
  return [...new Set([...(stage.reports?.[report] ?? []), ...named])];
}
