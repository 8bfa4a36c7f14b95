import { interpolate } from '../expressions/interpolate.ts';
import type { Contexts } from '../expressions/contexts.ts';
import { findExpressions } from '../expressions/find-expressions.ts';
import { referencesOf } from '../expressions/references.ts';
import { parseExpression } from '../expressions/syntax.ts';
import type { PlannedStage } from './plan.ts';

/** Contexts whose values are known when a stage enters the plan. */
export const EARLY_CONTEXTS: readonly string[] = ['inputs', 'vars', 'matrix'];

/** Keys of stages and steps whose expressions are evaluated then. */
export const EARLY_KEYS: ReadonlySet<string> = new Set([
  'name',
  'shell',
  'artifacts',
  'reports',
  'environment',
  'locks',
]);

function isEarly(text: string): boolean {
  return findExpressions(text).every(({ expression, closed }) => {
    const parsed = parseExpression(expression);
    if (!closed || !parsed.ok) return false;
    return referencesOf(parsed.tree).contexts.every(({ context }) =>
      EARLY_CONTEXTS.includes(context.toLowerCase()),
    );
  });
}

/**
 * Evaluates what the names, shells, artifacts, reports, environment and locks of a stage say in expressions.
 * A text whose expression needs more than `EARLY_CONTEXTS` stays as it is.
 * @throws {ExpressionFailure}
 */
export function evaluateEarly(stage: PlannedStage, contexts: Contexts): PlannedStage {
  const text = (value: string): string =>
    value.includes('${{') && isEarly(value) ? interpolate(value, contexts) : value;
  const texts = (values: readonly string[]): readonly string[] => values.map(text);
  return {
    ...stage,
    name: text(stage.name),
    environment: stage.environment === null ? null : text(stage.environment),
    locks: texts(stage.locks),
    artifacts: stage.artifacts.map((artifact) => ({
      ...artifact,
      name: text(artifact.name),
      paths: texts(artifact.paths),
    })),
    reports: { junit: texts(stage.reports.junit), coverage: texts(stage.reports.coverage) },
    steps: stage.steps.map((step) => ({
      ...step,
      name: text(step.name),
      body:
        step.body.type === 'run' && step.body.shell !== null
          ? { ...step.body, shell: text(step.body.shell) }
          : step.body,
    })),
  };
}
