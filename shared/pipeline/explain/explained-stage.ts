import type { Pipeline, PipelineStage, StepContent } from '../pipeline.ts';
import { BODY_KEYS } from '../schema-stage.ts';
import type { RawMapping } from '../raw-stages.ts';
import type { ValuePath } from '../source-map.ts';
import { readCommands } from './read-commands.ts';
import { textsIn } from './texts-in.ts';
import { isCommand, isKindOf, type CommandTrait } from './tools.ts';

/** A script or a kind that a stage runs. */
export interface Work {
  /** Of the key that says it: `run` or `uses`. */
  readonly path: ValuePath;
  readonly content: StepContent;
  readonly commands: readonly (readonly string[])[];
  readonly hasTimeout: boolean;
}

/** Environments that nobody uses but those who try something. */
const FOR_TESTS = /^(ci|dev|local|preview|review|sandbox|test)/i;

/** A stage as rules look at it. What takes work is done when it is first asked for. */
export class ExplainedStage {
  readonly scope: string | null;
  readonly path: ValuePath;
  readonly stage: PipelineStage;
  /** The pipeline that it stands in. */
  readonly pipeline: Pipeline;
  /** As it is written, together with its templates. */
  readonly raw: RawMapping;
  #works: readonly Work[] | null = null;
  #commands: readonly (readonly string[])[] | null = null;
  #texts: string | null = null;

  constructor(
    scope: string | null,
    path: ValuePath,
    stage: PipelineStage,
    pipeline: Pipeline,
    raw: RawMapping,
  ) {
    this.scope = scope;
    this.path = path;
    this.stage = stage;
    this.pipeline = pipeline;
    this.raw = raw;
  }

  get id(): string {
    return this.stage.id;
  }

  /** Of the key that says what it does; null without one. */
  get bodyPath(): ValuePath | null {
    const key = BODY_KEYS.find((each) => Object.hasOwn(this.raw, each));
    return key === undefined ? null : [...this.path, key];
  }

  get works(): readonly Work[] {
    this.#works ??= worksOf(this);
    return this.#works;
  }

  /** The commands of all that it runs, in order. */
  get commands(): readonly (readonly string[])[] {
    this.#commands ??= this.works.flatMap(({ commands }) => commands);
    return this.#commands;
  }

  /** All that it says, for searches. */
  get texts(): string {
    this.#texts ??= textsIn(this.raw).join('\n');
    return this.#texts;
  }

  /** Whether anything that it runs is known to be of a kind. */
  does(trait: CommandTrait): boolean {
    return this.works.some((work) => workDoes(trait, work));
  }

  /** Whether it is known to bring something to where people use it. */
  get isDeployment(): boolean {
    const { environment } = this.stage;
    return (environment !== null && !FOR_TESTS.test(environment)) || this.does('deploy');
  }

  /** Whether it reads anything of another stage by an expression. */
  reads(need: string): boolean {
    // Of a file with errors, any text may be an id.
    const name = need.replace(/\W/g, '\\$&');
    return new RegExp(`\\bneeds\\s*(\\.\\s*${name}(?![\\w-])|\\[|\\))`, 'i').test(this.texts);
  }
}

export const workDoes = (trait: CommandTrait, { content, commands }: Work): boolean =>
  (content.type === 'uses' && isKindOf(trait, content.kind)) ||
  commands.some((words) => isCommand(trait, words));

function worksOf({ path, stage: { body } }: ExplainedStage): readonly Work[] {
  if (body.type === 'run' || body.type === 'uses') return [workOf(path, body, false)];
  if (body.type !== 'steps') return [];
  return body.steps.map((step, index) =>
    workOf([...path, 'steps', index], step.body, step.timeoutMs !== null || step.open?.timeout !== undefined),
  );
}

function workOf(path: ValuePath, content: StepContent, hasTimeout: boolean): Work {
  const script = content.type === 'run' ? content.script : content.with['command'];
  return {
    path: [...path, content.type],
    content,
    commands: typeof script === 'string' ? readCommands(script) : [],
    hasTimeout,
  };
}
