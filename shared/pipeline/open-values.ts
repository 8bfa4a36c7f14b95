import type { Contexts } from '../expressions/contexts.ts';
import { ExpressionFailure } from '../expressions/expression-failure.ts';
import { wholeExpression } from '../expressions/find-expressions.ts';
import { evaluateValue } from '../expressions/interpolate.ts';
import { parseDuration } from '../lib/durations.ts';
import { describeValue } from './describe-value.ts';
import { EARLY_CONTEXTS, isEarly } from './early-expressions.ts';
import type { OpenValues, PlannedStep } from './plan.ts';

/** What a stage or a step may say that is no text. */
interface GivenValues {
  readonly timeout?: number | string | undefined;
  readonly 'continue-on-error'?: boolean | string | undefined;
}

/** The values of a file that are expressions, which a plan evaluates. */
export function openValuesOf(given: GivenValues): { readonly open?: OpenValues } {
  const { timeout, 'continue-on-error': continueOnError } = given;
  const open: OpenValues = {
    ...(typeof timeout === 'string' ? { timeout } : {}),
    ...(typeof continueOnError === 'string' ? { continueOnError } : {}),
  };
  return Object.keys(open).length === 0 ? {} : { open };
}

type Planned = Pick<PlannedStep, 'timeoutMs' | 'continueOnError' | 'open'>;

/**
 * Evaluates the open values of a stage or a step. One that comes to nothing is as if it were not there.
 * @throws {ExpressionFailure} also for a value of the wrong kind
 */
export function closeValues<Part extends Planned>({ open, ...part }: Part, contexts: Contexts): Part {
  if (open === undefined) return part as Part;
  const { timeout, continueOnError } = open;
  return {
    ...part,
    ...(timeout === undefined ? {} : { timeoutMs: durationOf(timeout, contexts) }),
    ...(continueOnError === undefined ? {} : { continueOnError: booleanOf(continueOnError, contexts) }),
  } as Part;
}

function valueOf(text: string, contexts: Contexts): unknown {
  if (!isEarly(text))
    throw new ExpressionFailure(
      wholeExpression(text) ?? text,
      `only ${EARLY_CONTEXTS.join(', ')} are known here`,
    );
  return evaluateValue(text, contexts);
}

const isNothing = (value: unknown): boolean => value === null || value === undefined || value === '';

function durationOf(text: string, contexts: Contexts): number | null {
  const value = valueOf(text, contexts);
  if (isNothing(value)) return null;
  const ms = typeof value === 'number' || typeof value === 'string' ? parseDuration(value) : null;
  if (ms !== null && ms > 0) return ms;
  throw wrong(text, 'a duration such as 30s', value);
}

function booleanOf(text: string, contexts: Contexts): boolean {
  const value = valueOf(text, contexts);
  if (isNothing(value) || value === false || value === 'false') return false;
  if (value === true || value === 'true') return true;
  throw wrong(text, 'true or false', value);
}

const wrong = (text: string, wanted: string, value: unknown): ExpressionFailure =>
  new ExpressionFailure(
    wholeExpression(text) ?? text,
    `it must be ${wanted}, but is ${describeValue(value)}`,
  );
