import { eventsOf } from '#main/engine/events-of.ts';
import type { Catalog } from '#main/stages/registry.ts';
import { stageContexts } from '#main/engine/stage-environment.ts';
import { evaluatePartly, type PartialCondition } from '#shared/expressions/evaluate-partly.ts';
import { ExpressionFailure } from '#shared/expressions/expression-failure.ts';
import { chunkedGet } from '#shared/lib/chunked.ts';
import { type StageId, createRunId } from '#shared/lib/ids.ts';
import { type Heap, heapInsert, heapWithoutFirst } from '#shared/lib/leftist-heap.ts';
import type { Plan, PlannedStage } from '#shared/pipeline/plan.ts';
import { type Action, decide } from '#shared/run/decide.ts';
import type { GitInfo, RunEvent, RunEventBody, RunTrigger } from '#shared/run/events.ts';
import { medianOf } from '#shared/run/graph.ts';
import { type Outcome, SUCCEEDED } from '#shared/run/outcome.ts';
import { reduceRun } from '#shared/run/reduce-run.ts';
import type { RunState, StageState } from '#shared/run/run-state.ts';
import { evaluateKnown } from './evaluate-known.ts';
import { findFault } from './find-fault.ts';
import { knownValues } from './known-values.ts';
import { simulatedDurations, simulatedPlan } from './simulated-plan.ts';

export interface RunSimulation {
  readonly projectDir: string;
  readonly pipelineFile: string;
  readonly plan: Plan;
  readonly trigger: RunTrigger;
  readonly git: GitInfo | null;
  readonly maxParallel: number;
  /** From past runs, by stage id. */
  readonly expectedMs: Readonly<Record<string, number>>;
  /** Of the project's files, as expressions ask for it. */
  readonly hashFiles: (globs: readonly string[]) => string;
  readonly kinds: Pick<Catalog, 'check'>;
  /** Epoch milliseconds at which the run is to start. */
  readonly startMs: number;
}

export interface SimulatedRun {
  /** At its end. The plan in it is the simulated one. */
  readonly state: RunState;
  readonly events: readonly RunEvent[];
  /** In the order in which they began. */
  readonly order: readonly StageId[];
  /** What became of the stages' `if`, by id; without those that were never looked at. */
  readonly conditions: ReadonlyMap<StageId, PartialCondition>;
  /** Stages that ran here and of which it is not known whether they will. */
  readonly unsettled: ReadonlySet<StageId>;
}

/**
 * Plays a run through without doing any of it, by the engine's own rules and in simulated time: every stage succeeds and
 * takes as long as it did, every approval is given at once. A stage with a condition that cannot be decided yet runs.
 */
export function simulateRun(request: RunSimulation): SimulatedRun {
  return new Simulator(request).run();
}

class Simulator {
  readonly #request: RunSimulation;
  readonly #events: RunEvent[] = [];
  readonly #order: StageId[] = [];
  readonly #conditions = new Map<StageId, PartialCondition>();
  readonly #unsettled = new Set<StageId>();
  readonly #expectedMs: Readonly<Record<string, number>>;
  readonly #usualMs: number;
  #state: RunState;
  #nowMs: number;
  /** Stages at work by their end, the first to end first. */
  #working: Heap | null = null;

  constructor(request: RunSimulation) {
    this.#request = request;
    this.#nowMs = request.startMs;
    const plan = simulatedPlan(request.plan);
    this.#expectedMs = simulatedDurations(plan, request.expectedMs);
    this.#usualMs = medianOf(Object.values(this.#expectedMs)) ?? 1;
    const { projectDir, pipelineFile, trigger, git, maxParallel } = request;
    const created = {
      type: 'run-created',
      runId: createRunId(request.startMs, Math.random),
      seq: 1,
      at: this.#at(),
      name: plan.name,
      number: 1,
      ...{ projectDir, pipelineFile, plan, trigger, git, maxParallel, expectedMs: this.#expectedMs },
    } as const satisfies RunEvent;
    this.#events.push(created);
    this.#state = reduceRun(null, created);
  }

  run(): SimulatedRun {
    for (;;) {
      const actions = decide(this.#state, Number.MAX_SAFE_INTEGER);
      for (const action of actions) {
        if (action.type !== 'finish-run') this.#follow(action);
        else {
          this.#emit([{ type: 'run-finished', status: action.status }]);
          const order = this.#order;
          const [conditions, unsettled] = [this.#conditions, this.#unsettled];
          return { state: this.#state, events: this.#events, order, conditions, unsettled };
        }
      }
      if (actions.length === 0) this.#finishNext();
    }
  }

  #follow(action: Exclude<Action, { type: 'finish-run' }>): void {
    switch (action.type) {
      case 'evaluate-condition':
        this.#judge(action.stage);
        break;
      case 'start-attempt':
        this.#begin(action);
        break;
      case 'request-approval':
        this.#approve(action.stage);
        break;
      case 'acquire-locks':
        this.#emit([...this.#eventsOf(action), { type: 'stage-released', stage: action.stage }]);
        break;
      case 'finish-matrix':
        this.#settleGroup(action.stage);
        // What a called pipeline gives is made of outputs, which are not there.
        if (action.result.status === 'succeeded') this.#emit([succeeded(action.stage, {})]);
        else this.#emit(this.#eventsOf(action));
        break;
      case 'start-run':
      case 'expand-matrix':
      case 'skip-stage':
      case 'cancel-stage':
      case 'fail-fast':
        this.#emit(this.#eventsOf(action));
    }
  }

  /** Three answers are possible; nobody knows means that it runs here. */
  #judge(id: StageId): void {
    const planned = this.#plannedOf(id);
    const { condition } = planned;
    const { blockedBy, hasFailedAncestor } = this.#stageOf(id);
    const cancelled = this.#state.cancelRequested !== null;
    const success = blockedBy !== null || cancelled ? false : this.#needsUnsettled(planned) ? null : true;
    const status = { success, failure: hasFailedAncestor, cancelled };
    try {
      const judged = evaluatePartly(
        condition ?? 'success()',
        stageContexts(this.#state, planned, 1),
        status,
        knownValues(this.#state, planned, this.#unsettled),
        { hashFiles: this.#request.hashFiles },
      );
      this.#conditions.set(id, judged);
      if (judged.result === null) this.#unsettled.add(id);
      if (judged.result !== false) this.#emit([{ type: 'condition-met', stage: id }]);
      else this.#emit([this.#skipped(id, condition ?? 'success()', cancelled)]);
    } catch (error) {
      this.#emit([
        { type: 'condition-met', stage: id },
        { type: 'attempt-started', stage: id, attempt: 1 },
        ...failed(id, error instanceof Error ? error.message : String(error)),
      ]);
    }
  }

  #skipped(id: StageId, expression: string, cancelled: boolean): RunEventBody {
    const { blockedBy } = this.#stageOf(id);
    const reason =
      blockedBy !== null && !cancelled
        ? ({ type: 'upstream', stage: blockedBy, status: this.#stageOf(blockedBy).status } as const)
        : ({ type: 'condition', expression } as const);
    return { type: 'stage-finished', stage: id, status: 'skipped', outputs: {}, reason };
  }

  #begin(action: Extract<Action, { type: 'start-attempt' }>): void {
    const { stage: id } = action;
    const planned = this.#plannedOf(id);
    this.#emit(this.#eventsOf(action));
    this.#order.push(id);
    this.#settle(planned);
    const fault = findFault({
      stage: planned,
      contexts: stageContexts(this.#state, planned, 1),
      isKnown: knownValues(this.#state, planned, this.#unsettled),
      kinds: this.#request.kinds,
      projectDir: this.#request.projectDir,
    });
    if (fault !== null) this.#emit(failed(id, fault));
    else {
      const endMs = this.#nowMs + (this.#expectedMs[id] ?? this.#usualMs);
      this.#working = heapInsert(this.#working, -endMs, this.#state.graph.indexOf.get(id)!);
    }
  }

  #approve(id: StageId): void {
    const planned = this.#plannedOf(id);
    const { message = '', allowed = [] } = planned.approval ?? {};
    const by = allowed[0] ?? 'dry run';
    this.#order.push(id);
    this.#settle(planned);
    this.#emit([
      {
        ...{ type: 'approval-requested', stage: id, allowed, expiresAt: null },
        message: this.#shown(message, planned),
      },
      { type: 'approval-decided', stage: id, decision: 'approved', by, comment: null },
      succeeded(id, { decision: 'approved', by, comment: '' }),
    ]);
  }

  /** A text with its expressions replaced where all of them can be. */
  #shown(text: string, planned: PlannedStage): string {
    try {
      const contexts = stageContexts(this.#state, planned, 1);
      const known = evaluateKnown(text, contexts, knownValues(this.#state, planned, this.#unsettled));
      return known === undefined ? text : String(known.value);
    } catch (error) {
      if (error instanceof ExpressionFailure) return text;
      throw error;
    }
  }

  #finishNext(): void {
    if (this.#working === null) throw new Error('The simulated run came to a stop');
    const { priority, value } = this.#working;
    this.#working = heapWithoutFirst(this.#working);
    this.#nowMs = -priority;
    const id = this.#state.plan.stages[value]!.id;
    this.#emit([ended(id, SUCCEEDED), succeeded(id, {})]);
  }

  /** A stage without a condition of its own is as sure as what it needs. */
  #settle(planned: PlannedStage): void {
    if (planned.condition === null && this.#needsUnsettled(planned)) this.#unsettled.add(planned.id);
  }

  /** A group runs for sure once a stage of it does. */
  #settleGroup(id: StageId): void {
    const { needs } = this.#plannedOf(id);
    const running = needs.filter((need) => this.#stageOf(need).status !== 'skipped');
    if (running.length > 0 && running.every((need) => this.#unsettled.has(need))) this.#unsettled.add(id);
  }

  #needsUnsettled({ needs }: PlannedStage): boolean {
    return needs.some((need) => this.#unsettled.has(need));
  }

  #eventsOf(action: Action): readonly RunEventBody[] {
    const { hashFiles } = this.#request;
    const nothing = { find: () => ({ result: null, changed: [] }), remember: () => undefined };
    return eventsOf(action, this.#state, {
      clock: { now: () => this.#nowMs, after: () => () => undefined },
      reuse: { ...nothing, hashFiles: (_folder, globs) => hashFiles(globs) },
    });
  }

  #emit(bodies: readonly RunEventBody[]): void {
    const { runId } = this.#state;
    for (const body of bodies) {
      const event: RunEvent = { ...body, runId, seq: this.#state.seq + 1, at: this.#at() };
      this.#events.push(event);
      this.#state = reduceRun(this.#state, event);
    }
  }

  #at(): string {
    return new Date(this.#nowMs).toISOString();
  }

  #plannedOf(id: StageId): PlannedStage {
    return this.#state.plan.stages[this.#state.graph.indexOf.get(id)!]!;
  }

  #stageOf(id: StageId): StageState {
    return chunkedGet(this.#state.stages, this.#state.graph.indexOf.get(id)!);
  }
}

const ended = (stage: StageId, outcome: Outcome): RunEventBody => ({
  type: 'attempt-finished',
  stage,
  attempt: 1,
  outcome,
});

const succeeded = (stage: StageId, outputs: Readonly<Record<string, string>>): RunEventBody => ({
  type: 'stage-finished',
  stage,
  status: 'succeeded',
  outputs,
  reason: null,
});

const failed = (stage: StageId, message: string): RunEventBody[] => [
  ended(stage, { type: 'failed', exitCode: null, signal: null, message }),
  { type: 'stage-finished', stage, status: 'failed', outputs: {}, reason: null },
];
