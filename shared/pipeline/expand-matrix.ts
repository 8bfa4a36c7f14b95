import { quote } from './describe-value.ts';
import { MATRIX_SETTINGS } from './matrix-keys.ts';

/** More stages of one matrix than this are a mistake. */
const MAX_LEGS = 1_000;
/** Combinations before `exclude`, which bounds the work. */
const MAX_COMBINATIONS = 100_000;

/** The values of one leg, in the order of the axes; `named` are those that tell it from the others. */
export interface MatrixLeg {
  readonly values: Readonly<Record<string, unknown>>;
  readonly named: readonly string[];
}

/** A matrix that cannot be expanded; the message is a clause that follows its name, such as "has no values". */
export class MatrixProblem extends Error {
  override readonly name = 'MatrixProblem';
}

type Values = Record<string, unknown>;

const isMapping = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const sameValue = (left: unknown, right: unknown): boolean =>
  left === right || JSON.stringify(left) === JSON.stringify(right);

function listUnder(definition: Values, key: string): readonly unknown[] {
  const value = definition[key];
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw new MatrixProblem(`must have a list in ${quote(key)}`);
  return value;
}

function combinationsUnder(definition: Values, key: string): readonly Values[] {
  return listUnder(definition, key).map((entry) => {
    if (!isMapping(entry)) throw new MatrixProblem(`must list mappings in ${quote(key)}`);
    return entry;
  });
}

/**
 * Expands a matrix without expressions, by GitHub's rules: the product of the axes in their order, the last turning
 * fastest, without what an entry of `exclude` matches; then each entry of `include` adds its values to every
 * combination whose axes it does not change, or is a leg of its own where there is none.
 * @throws {MatrixProblem} when the value is no matrix, or has more than `MAX_LEGS` legs
 */
export function expandMatrix(definition: unknown): readonly MatrixLeg[] {
  if (!isMapping(definition)) throw new MatrixProblem('must be a mapping of names to lists of values');
  const axes = Object.keys(definition).filter((key) => !MATRIX_SETTINGS.has(key));
  const product = productOf(axes.map((axis) => [axis, listUnder(definition, axis)] as const));
  const exclude = combinationsUnder(definition, 'exclude');
  const kept = product.filter(
    (values) =>
      !exclude.some((entry) => Object.entries(entry).every(([key, value]) => sameValue(values[key], value))),
  );
  const legs: { values: Values; readonly axes: Values | null }[] = kept.map((values) => ({
    values,
    axes: values,
  }));
  for (const entry of combinationsUnder(definition, 'include')) {
    const fitting = legs.filter(
      (leg) =>
        leg.axes !== null &&
        Object.entries(entry).every(
          ([key, value]) => !Object.hasOwn(leg.axes!, key) || sameValue(leg.axes![key], value),
        ),
    );
    for (const leg of fitting) leg.values = { ...leg.values, ...entry };
    if (fitting.length === 0) legs.push({ values: { ...entry }, axes: null });
  }
  if (legs.length > MAX_LEGS) throw tooMany(legs.length);
  return legs.map((leg) => ({ values: leg.values, named: Object.keys(leg.axes ?? leg.values) }));
}

const tooMany = (count: number): MatrixProblem =>
  new MatrixProblem(`has ${count} combinations, more than the ${MAX_LEGS} that a matrix may have`);

function productOf(axes: readonly (readonly [string, readonly unknown[]])[]): readonly Values[] {
  if (axes.length === 0) return [];
  const count = axes.reduce((product, [, values]) => product * values.length, 1);
  if (count > MAX_COMBINATIONS) throw tooMany(count);
  return axes.reduce<readonly Values[]>(
    (rows, [axis, values]) => rows.flatMap((row) => values.map((value) => ({ ...row, [axis]: value }))),
    [{}],
  );
}
