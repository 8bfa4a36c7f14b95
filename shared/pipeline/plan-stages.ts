import { ExpressionFailure } from '../expressions/expression-failure.ts';
import { callInputs } from './call-inputs.ts';
import { checkRunnable } from './check-runnable.ts';
import { quote } from './describe-value.ts';
import { evaluateEarly } from './evaluate-early.ts';
import { MatrixProblem } from './expand-matrix.ts';
import { findCycles } from './find-cycles.ts';
import type { IssueList } from './issue-list.ts';
import { MAX_CALLED_STAGES, MAX_CALL_DEPTH } from './limits.ts';
import type { InputValue, Pipeline, PipelineStage } from './pipeline.ts';
import type { PlannedStage } from './plan.ts';
import { inlineCall } from './plan-call.ts';
import { groupOf, planMatrix } from './plan-matrix.ts';
import { planStage } from './plan-stage.ts';
import type { Suggest } from './suggest.ts';

/**
 * The stages as they will run, in the order of the file: each matrix as its legs, each called pipeline as its stages, and
 * then the stage that stands for them.
 */
export function planStages(
  stages: readonly PipelineStage[],
  pipeline: Pipeline,
  inputs: Readonly<Record<string, InputValue>>,
  issues: IssueList,
  suggest: Suggest,
): readonly PlannedStage[] {
  return new Planner(issues, suggest).plan(stages, pipeline, inputs, 0);
}

class Planner {
  readonly #issues: IssueList;
  readonly #suggest: Suggest;
  #called = 0;

  constructor(issues: IssueList, suggest: Suggest) {
    this.#issues = issues;
    this.#suggest = suggest;
  }

  plan(
    stages: readonly PipelineStage[],
    pipeline: Pipeline,
    inputs: Readonly<Record<string, InputValue>>,
    depth: number,
  ): readonly PlannedStage[] {
    const contexts = { inputs, vars: pipeline.vars };
    return stages.flatMap((stage) => {
      const planned = planStage(stage, pipeline);
      try {
        if (stage.body.type === 'pipeline') return this.#planCall(stage, planned, pipeline, depth);
        return stage.matrix === null
          ? [evaluateEarly(planned, contexts)]
          : planMatrix(planned, stage.matrix, contexts);
      } catch (error) {
        const isMatrix = error instanceof MatrixProblem;
        if (!isMatrix && !(error instanceof ExpressionFailure)) throw error;
        this.#refuse(stage, isMatrix ? 'invalid-matrix' : 'expression-failed', error.message);
        return [];
      }
    });
  }

  #planCall(
    caller: PipelineStage,
    planned: PlannedStage,
    around: Pipeline,
    depth: number,
  ): readonly PlannedStage[] {
    if (caller.body.type !== 'pipeline') return [];
    const called = around.called.get(caller.body.target);
    if (called === undefined) {
      this.#refuse(caller, 'unknown-pipeline', `There is no pipeline ${quote(caller.body.target)}`);
      return [];
    }
    this.#called += called.stages.length;
    if (depth >= MAX_CALL_DEPTH || this.#called > MAX_CALLED_STAGES) {
      const message = `Pipelines call each other more than ${MAX_CALL_DEPTH} levels deep, or come to more than ${MAX_CALLED_STAGES} stages`;
      this.#refuse(caller, 'too-many-stages', message);
      return [];
    }
    if (!this.#hasSoundNeeds(called, caller)) return [];
    const { values, problems } = callInputs(called, caller.body.with, this.#suggest);
    for (const { code, message } of problems) this.#refuse(caller, code, message);
    const { pipeline, outputs } = inlineCall({ caller, around, called, values });
    for (const stage of called.stages) checkRunnable(stage, called, this.#issues);
    const stages = this.plan(pipeline.stages, pipeline, {}, depth + 1);
    const ids = stages.map(({ id }) => id);
    const matrix = { failFast: false, maxParallel: null, legs: ids, template: null };
    return [...stages, { ...groupOf(planned), kind: 'pipeline', needs: ids, outputs, matrix }];
  }

  /** Of a file with errors, which no one should have asked to run. */
  #hasSoundNeeds(called: Pipeline, caller: PipelineStage): boolean {
    const edges = new Map(called.stages.map(({ id, needs }) => [id, needs] as const));
    const isSound =
      findCycles(edges).length === 0 && [...edges.values()].flat().every((need) => edges.has(need));
    if (!isSound) {
      this.#refuse(
        caller,
        'invalid-pipeline',
        `The pipeline ${quote(called.name)} has stages whose \`needs\` are wrong`,
      );
    }
    return isSound;
  }

  #refuse({ line }: PipelineStage, code: string, message: string): void {
    this.#issues.add(code, { line, column: 1 }, message);
  }
}
