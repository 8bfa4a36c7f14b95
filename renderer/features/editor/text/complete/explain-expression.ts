import { findExpressions } from '#shared/expressions/find-expressions.ts';
import { completeExpression } from '../../expression-completion.ts';
import { knownContexts, previewOf, type ExpressionPreview } from '../../form/expression-preview.ts';
import type { YamlContext } from '../yaml-context.ts';
import type { Explanation } from './explain-place.ts';
import { namesAt } from './names-at.ts';
import type { Surroundings } from './options.ts';

/** What is said of a word of an expression, and where the word stands in the scalar. */
export interface ExpressionExplanation {
  readonly explanation: Explanation;
  readonly start: number;
  readonly end: number;
}

const WAY = /[A-Za-z_][\w-]*(?:\.[A-Za-z_][\w-]*)*/g;

/**
 * Explains the name at an offset of a scalar: what it holds, its value as far as the file alone says it, and that of the
 * expression around it. Null outside of expressions.
 */
export function explainExpression(
  text: string,
  at: number,
  { path }: Pick<YamlContext, 'path'>,
  around: Surroundings,
): ExpressionExplanation | null {
  const isBare = path.at(-1) === 'if' && !path.includes('with') && !text.includes('${{');
  const found = findExpressions(text).find(({ start, end }) => start <= at && at <= end);
  if (!isBare && found === undefined) return null;
  const first = found === undefined ? 0 : found.start + 3;
  const expression = found?.expression ?? text;
  const known = knownContexts(around.root, path, null);
  const whole = valueWords(
    previewOf(found === undefined ? text : `\${{${expression}}}`, known, isBare),
    isBare,
  );
  const way = [...expression.matchAll(WAY)].find(
    ({ index, 0: word }) => first + index <= at && at <= first + index + word.length,
  );
  if (
    way === undefined ||
    isInsideString(expression.slice(0, way.index)) ||
    expression[way.index - 1] === '.'
  )
    return null;
  const start = first + way.index;
  // Up to the end of the name that is pointed at.
  const name = way[0].slice(0, at - start) + (/^[\w-]*/.exec(way[0].slice(at - start))?.[0] ?? '');
  const detail = detailOf(name, path, around);
  if (detail === null) return null;
  const isCall = expression.startsWith('(', way.index + way[0].length);
  const own =
    isCall || !name.includes('.') ? null : valueWords(previewOf(`\${{ ${name} }}`, known, false), false);
  const facts: (readonly [string, string])[] = [];
  if (own !== null) facts.push(['Value', own]);
  if (whole !== null && expression.trim() !== name) facts.push([isBare ? 'The stage' : 'All of it', whole]);
  return {
    explanation: { title: name, type: isCall ? 'function' : '', help: detail, facts, example: null },
    start,
    end: start + name.length,
  };
}

const isInsideString = (before: string): boolean => before.split("'").length % 2 === 0;

/** What a name holds, in the words of the suggestions; null for one that is not there. */
function detailOf(name: string, path: YamlContext['path'], around: Surroundings): string | null {
  const steps = name.split('.');
  const last = steps.pop() ?? '';
  const before = `\${{ ${steps.map((step) => `${step}.`).join('')}`;
  const options = completeExpression(before, before.length, namesAt(path, around), false)?.options ?? [];
  const found = options.find(({ label }) => label.toLowerCase() === last.toLowerCase());
  return found?.detail ?? null;
}

/** @param isVerdict it is said in words: `runs` */
function valueWords(preview: ExpressionPreview | null, isVerdict: boolean): string | null {
  if (preview === null || preview.type === 'fault') return null;
  if (preview.type === 'later')
    return `known in the run: it waits for ${preview.names.map((name) => `\`${name}\``).join(', ')}`;
  if (isVerdict) return preview.text;
  return preview.text === '' ? 'an empty text' : `\`${preview.text.replaceAll('`', "'")}\``;
}
