import type { Contexts } from '../expressions/contexts.ts';
import { findExpressions } from '../expressions/find-expressions.ts';
import { referencesOf } from '../expressions/references.ts';
import { parseExpression } from '../expressions/syntax.ts';
import { planLegs } from './expand-legs.ts';
import type { PipelineMatrix } from './pipeline.ts';
import type { PlannedStage } from './plan.ts';

/**
 * The stages that a stage with a matrix becomes: its legs, then the stage that stands for all of them. Where the values
 * depend on what it needs, that stage alone, which brings the legs in when these are done.
 * @throws as `expandLegs` does
 */
export function planMatrix(
  stage: PlannedStage,
  { definition, failFast, maxParallel }: PipelineMatrix,
  contexts: Contexts,
): readonly PlannedStage[] {
  const group = groupOf(stage);
  if (isDynamic(definition)) {
    return [
      {
        ...group,
        needs: stage.needs,
        matrix: { failFast, maxParallel, legs: null, template: { definition, leg: stage } },
      },
    ];
  }
  const legs = planLegs(stage.id, definition, stage, contexts);
  const ids = legs.map((leg) => leg.id);
  return [...legs, { ...group, needs: ids, matrix: { failFast, maxParallel, legs: ids, template: null } }];
}

/** What stands for several stages: it does nothing itself. */
export function groupOf({
  id,
  name,
  continueOnError = false,
  line,
}: Pick<PlannedStage, 'id' | 'name' | 'line'> & Partial<PlannedStage>): PlannedStage {
  return {
    id,
    name: name.includes('${{') ? id : name,
    kind: 'matrix',
    needs: [],
    steps: [],
    env: {},
    workingDirectory: null,
    timeoutMs: null,
    continueOnError,
    artifacts: [],
    reports: { junit: [], coverage: [] },
    outputs: {},
    condition: null,
    retry: null,
    approval: null,
    matrix: null,
    leg: null,
    caches: [],
    skipIfUnchanged: null,
    secrets: [],
    environment: null,
    locks: [],
    slots: 1,
    state: [],
    hooks: { success: null, failure: null },
    line,
  };
}

/** Whether a matrix holds an expression whose values only the run knows. */
function isDynamic(value: unknown): boolean {
  if (typeof value === 'string') return findExpressions(value).some(({ expression }) => needsRun(expression));
  return typeof value === 'object' && value !== null && Object.values(value).some(isDynamic);
}

function needsRun(expression: string): boolean {
  const parsed = parseExpression(expression);
  return (
    parsed.ok &&
    referencesOf(parsed.tree).contexts.some(
      ({ context }) => !['inputs', 'vars'].includes(context.toLowerCase()),
    )
  );
}
