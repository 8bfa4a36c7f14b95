import { evaluateValue } from '../expressions/interpolate.ts';
import type { Contexts } from '../expressions/contexts.ts';
import { stageIdOf } from '../lib/ids.ts';
import { evaluateEarly } from './evaluate-early.ts';
import { MatrixProblem, expandMatrix } from './expand-matrix.ts';
import { legIds, legName } from './leg-names.ts';
import type { PlannedStage } from './plan.ts';

/** The stages that the legs of a matrix become, each with its values, which its own keys may name from then on. */
export function planLegs(
  group: PlannedStage['id'],
  definition: unknown,
  leg: PlannedStage,
  contexts: Contexts,
): readonly PlannedStage[] {
  const evaluated = evaluateTexts(definition, contexts);
  let legs;
  try {
    legs = expandMatrix(evaluated);
  } catch (error) {
    if (error instanceof MatrixProblem)
      throw new MatrixProblem(`The matrix of \`${group}\` ${error.message}`);
    throw error;
  }
  const ids = legIds(group, legs);
  return legs.map((one, index) => ({
    ...evaluateEarly(
      { ...leg, name: legName(leg.name, one) },
      { inputs: contexts['inputs'], vars: contexts['vars'], matrix: one.values },
    ),
    id: stageIdOf(ids[index]!),
    leg: { values: one.values, of: group },
  }));
}

/**
 * What a dynamic matrix has become, once all that it needs is done; no legs where its lists are empty.
 * @param contexts as the stage sees them: `needs`, `inputs`, `vars`, `git`, `run`
 * @throws {ExpressionFailure} when a list cannot be evaluated
 * @throws {MatrixProblem} when it has come to something that is no matrix, or to too many legs; the message is a sentence
 */
export function expandLegs(
  { id, matrix }: PlannedStage,
  contexts: Contexts,
): { readonly legs: readonly PlannedStage[] } {
  const template = matrix?.template;
  if (template === null || template === undefined) throw new Error(`Stage ${id} has no matrix to expand`);
  return { legs: planLegs(id, template.definition, template.leg, contexts) };
}

/** Evaluates the texts of a matrix, however deep they lie. */
function evaluateTexts(value: unknown, contexts: Contexts): unknown {
  if (typeof value === 'string') return value.includes('${{') ? evaluateValue(value, contexts) : value;
  if (Array.isArray(value)) return value.map((item) => evaluateTexts(item, contexts));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, evaluateTexts(item, contexts)]));
}
