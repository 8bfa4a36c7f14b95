import type { Catalog } from '#main/stages/registry.ts';
import type { Contexts } from '#shared/expressions/contexts.ts';
import { evaluatePartly } from '#shared/expressions/evaluate-partly.ts';
import { toAppError } from '#shared/lib/app-error.ts';
import { mapPlace, mapServices } from '#shared/pipeline/map-place.ts';
import { LOCAL } from '#shared/pipeline/plan-place.ts';
import { placeProblem } from '#shared/pipeline/place-values.ts';
import type { PlannedStage, PlannedStep } from '#shared/pipeline/plan.ts';
import { evaluateKnown, type IsKnown, WITHOUT_FILES } from './evaluate-known.ts';

const BEFORE_ANY = { success: true, failure: false, cancelled: false };

export interface FaultSearch {
  readonly stage: PlannedStage;
  readonly contexts: Contexts;
  readonly isKnown: IsKnown;
  readonly kinds: Pick<Catalog, 'check'>;
  /** Whose plugins count. */
  readonly projectDir: string;
}

/**
 * What would fail a stage before any of its work is done: a place that cannot be, an expression of a step that cannot be
 * evaluated, settings that do not fit their kind. Only what is known before the run is looked at.
 * @returns the message of the first fault; null for none
 */
export function findFault({ stage, contexts, isKnown, kinds, projectDir }: FaultSearch): string | null {
  // Steps hand environment to those after them, so that no value of it is sure.
  const inStep: IsKnown = (reference) => reference.context.toLowerCase() !== 'env' && isKnown(reference);
  try {
    for (const text of Object.values(stage.env)) evaluateKnown(text, contexts, inStep);
    const problem = findPlaceProblem(stage, contexts, inStep);
    if (problem !== null) return `It has no place to run: ${problem}.`;
    for (const step of stage.steps) {
      if (isLeftOut(step, contexts, inStep)) continue;
      for (const text of [...Object.values(step.env), step.workingDirectory ?? ''])
        evaluateKnown(text, contexts, inStep);
      checkBody(step, contexts, inStep, (body) => kinds.check(body, projectDir));
    }
    return null;
  } catch (error) {
    return toAppError(error, 'expression-failed').message;
  }
}

/** A place that reads what is not known is taken for a good one. */
function findPlaceProblem(
  { place = LOCAL, services = [] }: PlannedStage,
  contexts: Contexts,
  isKnown: IsKnown,
): string | null {
  const unsure: string[] = [];
  const evaluate = (text: string): string => {
    const known = evaluateKnown(text, contexts, isKnown);
    if (known === undefined) unsure.push(text);
    return textOf(known?.value);
  };
  const [shownPlace, shownServices] = [mapPlace(place, evaluate), mapServices(services, evaluate)];
  return unsure.length === 0 ? placeProblem(shownPlace, shownServices) : null;
}

const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';

function isLeftOut({ condition }: PlannedStep, contexts: Contexts, isKnown: IsKnown): boolean {
  if (condition === null) return false;
  return evaluatePartly(condition, contexts, BEFORE_ANY, isKnown, WITHOUT_FILES).result === false;
}

function checkBody(
  { body }: PlannedStep,
  contexts: Contexts,
  isKnown: IsKnown,
  check: (body: Parameters<Catalog['check']>[0]) => void,
): void {
  if (body.type === 'run') {
    evaluateKnown(body.script, contexts, isKnown);
    return;
  }
  const unknown: string[] = [];
  const settings = mapTexts(body.with, (text) => {
    const known = evaluateKnown(text, contexts, isKnown);
    if (known === undefined) unknown.push(text);
    return known?.value;
  });
  if (unknown.length === 0)
    check({ type: 'uses', kind: body.kind, with: settings as Record<string, unknown> });
}

function mapTexts(value: unknown, evaluate: (text: string) => unknown): unknown {
  if (typeof value === 'string') return evaluate(value);
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, evaluate));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapTexts(item, evaluate)]));
}
