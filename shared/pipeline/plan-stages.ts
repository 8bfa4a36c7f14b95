import { ExpressionFailure } from '../expressions/expression-failure.ts';
import { evaluateEarly } from './evaluate-early.ts';
import { MatrixProblem } from './expand-matrix.ts';
import type { IssueList } from './issue-list.ts';
import type { InputValue, Pipeline, PipelineStage } from './pipeline.ts';
import type { PlannedStage } from './plan.ts';
import { planMatrix } from './plan-matrix.ts';
import { planStage } from './plan-stage.ts';

/** The stages as they will run, in the order of the file: each matrix as its legs and the stage that stands for them. */
export function planStages(
  stages: readonly PipelineStage[],
  pipeline: Pipeline,
  inputs: Readonly<Record<string, InputValue>>,
  issues: IssueList,
): readonly PlannedStage[] {
  const contexts = { inputs, vars: pipeline.vars };
  return stages.flatMap((stage) => {
    const planned = planStage(stage, pipeline);
    try {
      return stage.matrix === null
        ? [evaluateEarly(planned, contexts)]
        : planMatrix(planned, stage.matrix, contexts);
    } catch (error) {
      const isMatrix = error instanceof MatrixProblem;
      if (!isMatrix && !(error instanceof ExpressionFailure)) throw error;
      const code = isMatrix ? 'invalid-matrix' : 'expression-failed';
      issues.add(code, { line: stage.line, column: 1 }, error.message);
      return [];
    }
  });
}
