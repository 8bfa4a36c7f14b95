import { findExpressions } from '../expressions/find-expressions.ts';
import { referencesOf } from '../expressions/references.ts';
import { parseExpression } from '../expressions/syntax.ts';
import { stageIdOf } from '../lib/ids.ts';
import { evaluateEarly } from './evaluate-early.ts';
import { type InputValue, type Pipeline, RUN_HOOKS, type RunHook } from './pipeline.ts';
import type { PlannedStage } from './plan.ts';
import { groupOf } from './plan-matrix.ts';
import { planStep } from './plan-stage.ts';

const NAMES: Readonly<Record<RunHook, string>> = {
  success: 'Hook: success',
  failure: 'Hook: failure',
  always: 'Hook: always',
};

/** With `always()`, since hooks follow a cancelled run, too; what a run came to is known when they begin. */
const CONDITIONS: Readonly<Record<RunHook, string>> = {
  success: "always() && run.status == 'succeeded'",
  failure: "always() && run.status == 'failed'",
  always: 'always()',
};

/**
 * The hooks of a run as stages that follow all others, `always` last. No stage of a file can have such an id.
 * @param stages all others
 * @throws {ExpressionFailure}
 */
export function planHooks(
  { hooks, defaults, vars }: Pipeline,
  stages: readonly PlannedStage[],
  inputs: Readonly<Record<string, InputValue>>,
): readonly PlannedStage[] {
  const needed = new Set(stages.flatMap(({ needs }) => needs));
  const last = stages.filter(({ id }) => !needed.has(id)).map(({ id }) => id);
  const planned: PlannedStage[] = [];
  for (const hook of RUN_HOOKS) {
    const [first] = hooks[hook];
    if (first === undefined) continue;
    const blank = groupOf({ id: stageIdOf(`hooks.${hook}`), name: NAMES[hook], line: first.line });
    const steps = hooks[hook].map((step, index) => planStep(step, index, defaults.shell));
    const stage: PlannedStage = {
      ...blank,
      kind: 'hook',
      needs: hook === 'always' && planned.length > 0 ? planned.map(({ id }) => id) : last,
      steps,
      env: defaults.env,
      workingDirectory: defaults.workingDirectory,
      timeoutMs: defaults.timeoutMs,
      continueOnError: true,
      condition: CONDITIONS[hook],
      secrets: secretsIn([steps, defaults.env]),
    };
    planned.push(evaluateEarly(stage, { inputs, vars }));
  }
  return planned;
}

/** The secrets that expressions name, however deep they lie. */
function secretsIn(value: unknown): readonly string[] {
  const names = new Set<string>();
  const visit = (part: unknown): void => {
    if (typeof part === 'string') for (const name of secretsOfText(part)) names.add(name);
    else if (typeof part === 'object' && part !== null) Object.values(part).forEach(visit);
  };
  visit(value);
  return [...names];
}

function secretsOfText(text: string): readonly string[] {
  return findExpressions(text).flatMap(({ expression, closed }) => {
    const parsed = parseExpression(expression);
    if (!closed || !parsed.ok) return [];
    return referencesOf(parsed.tree).contexts.flatMap(({ context, path: [name] }) =>
      context.toLowerCase() === 'secrets' && typeof name === 'string' ? [name] : [],
    );
  });
}
