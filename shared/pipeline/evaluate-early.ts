import { interpolate } from '../expressions/interpolate.ts';
import type { Contexts } from '../expressions/contexts.ts';
import { findExpressions } from '../expressions/find-expressions.ts';
import { referencesOf } from '../expressions/references.ts';
import { parseExpression } from '../expressions/syntax.ts';
import type { PlannedStage } from './plan.ts';

/** Contexts whose values are known when a stage enters the plan. */
export const EARLY_CONTEXTS: readonly string[] = ['inputs', 'vars', 'matrix'];

/** Keys of stages and steps that are read before the run; what their expressions say is known then, or never. */
export const EARLY_KEYS: ReadonlySet<string> = new Set(['name']);

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
 * A text whose expression needs more than `EARLY_CONTEXTS` stays as it is, until the stage runs.
 * @throws {ExpressionFailure}
 */
export function evaluateEarly(stage: PlannedStage, contexts: Contexts): PlannedStage {
  const text = (value: string): string =>
    value.includes('${{') && isEarly(value) ? interpolate(value, contexts) : value;
  const texts = (values: readonly string[]): readonly string[] => values.map(text);
  return {
    ...evaluatePlaces(stage, text),
    name: text(stage.name),
    environment: stage.environment === null ? null : text(stage.environment),
    locks: texts(stage.locks),
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

/** A stage with other names and globs of what it leaves behind. */
export function evaluatePlaces(stage: PlannedStage, text: (value: string) => string): PlannedStage {
  const { artifacts, reports } = stage;
  if (artifacts.length + reports.junit.length + reports.coverage.length === 0) return stage;
  return {
    ...stage,
    artifacts: artifacts.map((artifact) => ({
      ...artifact,
      name: text(artifact.name),
      paths: artifact.paths.map(text),
    })),
    reports: { ...reports, junit: reports.junit.map(text), coverage: reports.coverage.map(text) },
  };
}
